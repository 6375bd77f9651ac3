/** What a company has now, as far as its reports name it: they have a row for each, and the ids of who belongs where. */
export interface Reported {
  readonly agents: readonly {
    readonly id: number;
    readonly departments: readonly number[];
    /** How many chats the agent can have at a time. */
    readonly maxChats: number;
  }[];
  readonly departments: readonly { readonly id: number; readonly name: string }[];
  readonly campaigns: readonly number[];
  readonly visitorSegments: readonly number[];
  readonly autoInvitations: readonly { readonly id: number; readonly campaign: number }[];
  readonly conversionActions: readonly number[];
  readonly cannedMessages: readonly { readonly id: number; readonly category: number }[];
  /** The fields with options, of the forms of each campaign. */
  readonly surveys: readonly Survey[];
  readonly customMetrics: readonly { readonly id: number; readonly expression: string }[];
  readonly isEnterprise: boolean;
  readonly hasAutoAllocation: boolean;
  readonly hasChatbot: boolean;
}

/** A field of a form that visitors or agents fill in by choosing. */
export interface Survey {
  readonly form: 'prechat' | 'postchat' | 'wrapup';
  readonly campaign: number;
  readonly field: number;
  readonly name: string;
  readonly options: readonly string[];
  /** The options in groups: the categories of a wrap-up in advanced mode. */
  readonly groups?: readonly { readonly name: string; readonly options: readonly string[] }[];
}

/** What a request asks of a report, by the names of its parameters, and the time at which it is asked. */
export interface ReportQuery {
  readonly timeFrom?: string | undefined;
  readonly timeTo?: string | undefined;
  /** @default '+00:00' */
  readonly timezone?: string | undefined;
  readonly filterName?: string | undefined;
  readonly filterValue?: number | undefined;
  readonly group?: string | undefined;
  /** In milliseconds since 1970 UTC. What goes on lasts until now; real-time reports show this moment. */
  readonly now: number;
}

/** A field of a form, as version 2.0 has it. */
export interface FormField {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** One option a line. */
  readonly options?: string | null;
}

/** The types of fields whose options the reports on surveys count. The rating has a report of its own. */
const counted = new Set(['radio', 'select', 'checkbox', 'checkboxList', 'product service', 'wrapupcategory']);

/**
 * The fields of a form that a report counts the options of.
 *
 * @param groups The groups of the categories, where the wrap-up of the campaign is in advanced mode.
 */
export function surveysOf(
  form: Survey['form'],
  campaign: number,
  fields: readonly FormField[],
  groups: Survey['groups'] = [],
): Survey[] {
  return fields
    .filter(({ type }) => counted.has(type))
    .map(({ id, name, type, options }) => ({
      form,
      campaign,
      field: id,
      name,
      options: type === 'checkbox' ? ['true', 'false'] : (options ?? '').split('\n').filter(Boolean),
      ...(type === 'wrapupcategory' && groups.length > 0 ? { groups } : {}),
    }));
}
