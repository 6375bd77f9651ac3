import type { AgentNow, ChatsOfDay, Overview } from '@comm100-openapi/mock-core';
import { h, svg } from './dom.ts';

/** The agents by department, with those who are in none at the end. */
export function people({ departments, others }: Overview): Node[] {
  if (departments.length + others.length === 0)
    return [h('p', { class: 'hint' }, 'In this mode the mock keeps no state.')];
  const groups = departments.map(({ name, agents }) => group(name, agents));
  return others.length > 0 ? [...groups, group('No department', others)] : groups;
}

function group(name: string, agents: readonly AgentNow[]): Node {
  const online = agents.filter(({ status }) => status === 'online').length;
  return h(
    'div',
    {},
    h('h3', {}, name, h('span', {}, `${online} of ${agents.length} online`)),
    h('ul', {}, ...agents.map(person)),
  );
}

function person({ name, status, ongoingChats }: AgentNow): Node {
  const chats = ongoingChats > 0 ? `, ${counted(ongoingChats, 'chat')}` : '';
  const look = ['online', 'offline'].includes(status) ? status : 'away';
  return h(
    'li',
    { class: look },
    h('span', { class: 'dot', 'aria-hidden': 'true' }),
    h('span', {}, name),
    h('span', { class: 'state' }, status + chats),
  );
}

/** A number with its noun: `1 chat`, `2 chats`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const [width, height, left, bottom, top] = [480, 150, 26, 20, 8];

/** The chats of the day as a number and as bars by hour. @param hour The hour that it is. */
export function chats({ day, total, byHour }: ChatsOfDay, hour: number): Node[] {
  const date = new Date(`${day}T00:00:00Z`);
  const written = date.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const most = Math.max(...byHour, 1);
  const step = niceStep(most);
  const ceiling = Math.ceil(most / step) * step;
  const x = (at: number) => left + ((width - left) * at) / 24;
  const y = (count: number) => top + (height - top - bottom) * (1 - count / ceiling);
  const lines = Array.from({ length: ceiling / step }, (_, index) => (index + 1) * step);
  const busy = byHour.flatMap((count, at) => (count > 0 ? [`${clockHour(at)} ${count}`] : []));
  const label = `Chats by the hour in which they began. ${busy.join(', ') || 'None'}.`;
  return [
    h('p', { class: 'total' }, h('strong', {}, String(total)), `${total === 1 ? 'chat' : 'chats'} on ${written}`),
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
      svg(
        'rect',
        { class: 'hour', x: x(hour), width: x(1) - x(0), y: top, height: y(0) - top },
        svg('title', {}, 'Now'),
      ),
      ...lines.flatMap((count) => [
        svg('line', { class: 'grid', x1: left, x2: width, y1: y(count), y2: y(count) }),
        svg('text', { x: left - 6, y: y(count) + 4, 'text-anchor': 'end' }, String(count)),
      ]),
      ...byHour.map((count, at) =>
        svg(
          'rect',
          {
            class: at === hour ? 'bar now' : 'bar',
            x: x(at) + 2,
            width: x(1) - x(0) - 4,
            y: y(count),
            height: y(0) - y(count),
            rx: 1.5,
          },
          svg('title', {}, `${clockHour(at)} to ${clockHour(at + 1)}: ${counted(count, 'chat')}`),
        ),
      ),
      svg('line', { class: 'axis', x1: left, x2: width, y1: y(0), y2: y(0) }),
      ...[0, 3, 6, 9, 12, 15, 18, 21].map((at) =>
        svg('text', { x: x(at + 0.5), y: height - 5, 'text-anchor': 'middle' }, String(at).padStart(2, '0')),
      ),
    ),
  ];
}

function clockHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** The distance of the lines of a chart: 1, 2 or 5 with zeros, so that there are at most four. */
function niceStep(most: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(most / 4)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => most / step <= 4) ?? most;
}
