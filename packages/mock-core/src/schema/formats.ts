const text = (test: (value: string) => boolean) => (value: unknown) => typeof value !== 'string' || test(value);
const matches = (pattern: RegExp) => text((value) => pattern.test(value));

const date = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function isDate(value: string): boolean {
  const [, year, month, day] = date.exec(value) ?? [];
  return (
    day !== undefined && new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  );
}

/**
 * The formats that the mock checks; those of other names are annotations. Values that a format does not speak of pass.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
export const formats: Readonly<Record<string, (value: unknown) => boolean>> = {
  uuid: matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  email: matches(/^[^\s@"(),:;<>[\\\]]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i),
  date: text(isDate),
  'date-time': text(
    (value) => isDate(value.slice(0, 10)) && /[t ]/i.test(value.charAt(10)) && time.test(value.slice(11)),
  ),
  uri: text((value) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) && URL.canParse(value)),
  int32: (value) => typeof value !== 'number' || (value >= -(2 ** 31) && value < 2 ** 31),
};
