import { enumOf } from '@comm100-openapi/description';
import { type Content, type Html, html, join } from '../html/html.ts';
import { certaintyLink, operationLink } from '../html/links.ts';
import { inline } from '../html/markdown.ts';
import type { OperationView } from '../model/operation.ts';
import type { VersionSite } from '../model/site.ts';
import { operationLinkOf, operationOf, versionOf } from './shared.ts';

interface Step {
  title: string;
  /** Markdown. */
  words: string;
  /** The statuses of the visitor, by the names of version 1.0. */
  statuses?: string[];
  /** The event of a webhook that is sent at this step. */
  event?: string;
  /** Where the steps before it end in another way: the row of the step that it leaves. */
  leaves?: number;
  /** The operations that show it. */
  seenIn: string[];
}

/** The usual way, then the ways that leave it. The names of statuses, events and operations are those of the description. */
const STEPS: Step[] = [
  {
    title: 'In the site',
    words: 'A visitor opens a page that has the installation code of a campaign.',
    statuses: ['inSite'],
    seenIn: ['listVisitors', 'getCampaignInstallationCode'],
  },
  {
    title: 'Invited',
    words:
      'An agent or a rule of the campaign invites the visitor. A chat can also begin without it, with the chat button.',
    statuses: ['manuallyInvited', 'autoInvited'],
    seenIn: ['getCampaignInvitation', 'getManualInvitationReport', 'getAutoInvitationReport'],
  },
  {
    title: 'Pre-chat form',
    words: 'The visitor fills in the pre-chat form, where the campaign has one.',
    statuses: ['preChat'],
    seenIn: ['getCampaignPreChat'],
  },
  {
    title: 'Waiting',
    words:
      'The chat is requested. The routing rules decide who gets it, and it waits in the queue until an agent accepts it.',
    statuses: ['waitingForChat'],
    event: 'chatRequested',
    seenIn: ['getRealTimeQueue', 'getCampaignRoutingRules'],
  },
  {
    title: 'In a chat',
    words: 'An agent is in the chat.',
    statuses: ['chatting'],
    event: 'chatStarted',
    seenIn: ['listChattingVisitors'],
  },
  {
    title: 'Chat ended',
    words: 'The chat is over, and its transcript is there. The visitor may rate it in the post-chat form.',
    statuses: ['chatEnded'],
    event: 'chatEnded',
    seenIn: ['listChats', 'getChat', 'getCampaignPostChat'],
  },
  {
    title: 'Wrapped up',
    words: 'The agent files the chat: a category, a comment and the fields of the wrap-up form.',
    event: 'chatWrappedUp',
    seenIn: ['getChat', 'getCampaignAgentWrapup'],
  },
  {
    title: 'Offline message',
    words: 'No agent is online, or the visitor does not want to wait: the visitor leaves a message instead.',
    statuses: ['offlineMessage'],
    event: 'offlineMessageSubmitted',
    leaves: 0,
    seenIn: ['listOfflineMessages', 'getOfflineMessage'],
  },
  {
    title: 'Refused by visitor',
    words: 'The visitor refuses the invitation.',
    statuses: ['refusedByVisitor'],
    leaves: 1,
    seenIn: ['listVisitors'],
  },
  {
    title: 'Missed or refused',
    words: 'No agent accepts the chat, or an agent refuses it. It does not become a chat.',
    statuses: ['refusedByOperator'],
    leaves: 3,
    seenIn: ['listMissedAndRefusedChats'],
  },
  {
    title: 'Transferred',
    words: 'The chat goes on with another agent or department.',
    event: 'chatTransferred',
    leaves: 4,
    seenIn: ['getChatTransferReport'],
  },
];

/** What is not about one chat: an agent comes or goes. */
const ASIDE = 'operatorEventNotification';

/**
 * The life of a chat, as a picture and as a list with the same numbers.
 *
 * @throws {Error} where the steps and the events, statuses or operations of the description do not match.
 */
export function chatLife(site: VersionSite): Html {
  const known = eventsOf(site);
  const told = [...STEPS.flatMap(({ event }) => event ?? []), ASIDE];
  for (const name of [...known.keys(), ...told]) {
    if (!known.has(name) || !told.includes(name))
      throw new Error(`The event "${name}" is not in the steps of a chat, or only there.`);
  }
  return html`
    <div class="life">
      ${picture()}
      <ol>
        ${STEPS.map(
          ({ title, words, statuses, event, seenIn }) => html`
          <li>
            <p><strong>${title}.</strong> ${inline(words)}</p>
            ${statuses && html`<p class="life-fact">Status of the visitor: ${join(statuses.map(statusText), ' or ')}</p>`}
            ${event !== undefined && html`<p class="life-fact">Webhook: ${eventLink(site, known.get(event), event)}</p>`}
            <p class="life-fact">See: ${join(
              seenIn.map((id) => linkTo(site, id)),
              ', ',
            )}</p>
          </li>`,
        )}
      </ol>
    </div>
    <p>Beside all this, ${eventLink(site, known.get(ASIDE), ASIDE)} is sent when an agent logs in or out, or becomes online or away.</p>`;
}

/** The events of the schema, each with the description of what is sent. */
function eventsOf({ document, resources }: VersionSite): Map<string, OperationView | undefined> {
  const schema = document.components?.schemas?.WebhookEvent ?? {};
  const views = resources.flatMap(({ operations }) => operations.filter(({ operation }) => operation.isWebhook));
  return new Map(
    enumOf(schema).map(({ value }) => [String(value), views.find(({ operation }) => operation.path === value)]),
  );
}

function eventLink(site: VersionSite, view: OperationView | undefined, name: string): Content {
  if (!view) return html`<code>${name}</code>`;
  const {
    tags: [tag = ''],
    id,
  } = view.operation;
  return [
    html`<a href="${operationLink(site.version, tag, id)}"><code>${name}</code></a>`,
    view.evidence.map(({ mark, note }) => html` <a class="mark" href="${certaintyLink}" title="${note}">${mark}</a>`),
  ];
}

function linkTo(site: VersionSite, id: string): Html {
  const { tag, operation } = operationOf(site, id);
  return operationLinkOf(site, tag, id, operation.summary);
}

/** The number and the meaning of a status. Only version 1.0 lists them. */
function statusText(name: string): Content {
  const { document } = versionOf('v1');
  const status = document.components?.schemas?.Visitor?.properties?.status ?? {};
  const found = enumOf(status).find((it) => it.name === name);
  if (!found) throw new Error(`Version ${document.info.version} has no status "${name}" of visitors.`);
  return html`<code>${String(found.value)}</code> (${name})`;
}

/** In pixels. The picture is as wide as a narrow screen. */
const BOX = { width: 150, height: 30, gap: 24 };
const ROW = 62;

function picture(): Html {
  const usual = STEPS.filter(({ leaves }) => leaves === undefined);
  const places = STEPS.map(({ leaves }, index) => ({
    x: leaves === undefined ? 0.5 : BOX.width + BOX.gap + 0.5,
    y: (leaves ?? index) * ROW + 0.5,
  }));
  return html`
    <svg width="${BOX.width * 2 + BOX.gap + 1}" height="${usual.length * ROW}" aria-hidden="true">
      ${usual.slice(1).map((_, index) => arrow(`M20.5 ${index * ROW + BOX.height}V${(index + 1) * ROW - 6}`, `M20.5 ${(index + 1) * ROW}l-4 -7h8z`))}
      ${STEPS.map(({ leaves }) => {
        if (leaves === undefined) return undefined;
        const y = leaves * ROW + BOX.height / 2 + 0.5;
        return arrow(`M${BOX.width} ${y}h${BOX.gap - 6}`, `M${BOX.width + BOX.gap} ${y}l-7 -4v8z`);
      })}
      ${STEPS.map(({ title, event }, index) => {
        const { x = 0, y = 0 } = places[index] ?? {};
        return html`
          <rect class="${`life-box${event === undefined ? '' : ' life-event'}`}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="5"></rect>
          <text class="life-title" x="${x + 7}" y="${y + 19.5}">${index + 1}. ${title}</text>
          ${event !== undefined && html`<text class="life-name" x="${x + BOX.width}" y="${y + BOX.height + 13}">${event}</text>`}`;
      })}
    </svg>`;
}

const arrow = (line: string, head: string) =>
  html`<path class="life-line" d="${line}"></path><path class="life-head" d="${head}"></path>`;
