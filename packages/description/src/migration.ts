/** The map from version 1.0 to version 2.0: `migration.yaml` with all short forms written out. */
export interface MigrationMap {
  readonly general: readonly General[];
  /** What an integrator need not look for. */
  readonly unchanged: readonly string[];
  readonly operations: readonly OperationMove[];
  /** The objects that bodies and answers consist of, save those that only operations with `same` have. */
  readonly schemas: readonly SchemaMove[];
}

/** Something that differs everywhere. */
export interface General extends Remarks {
  readonly topic: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

export interface OperationMove extends Remarks {
  /** Its operationId in version 1.0. */
  readonly from: string;
  /** The operationIds that take its place in version 2.0, the first of them before all. */
  readonly to: readonly string[];
  /** Where it is gone: operations with a similar purpose. */
  readonly instead: readonly string[];
  /** Parameters, body and answer are the same in both versions; `parameters` is empty then. */
  readonly same: boolean;
  readonly parameters: readonly Move[];
  /** What the answer as a whole has become, where it is another kind of thing than it was. */
  readonly answer?: Omit<Move, 'from'>;
  /** The parameters of the first of `to` that nothing leads to. */
  readonly added: readonly Added[];
}

export interface SchemaMove extends Remarks {
  readonly from: string;
  /** The schemas that take its place, together or, as `note` says, each in its place. */
  readonly to: readonly string[];
  /** The schema of this name is the same in both versions; `fields` is empty then. */
  readonly same: boolean;
  readonly fields: readonly Move[];
  /** The members of all of `to` that nothing leads to, written as in `Move.to`. */
  readonly added: readonly Added[];
}

/** Where a parameter or a member has gone. Either `to` names places, or `gone` says why there is none. */
export interface Move extends Remarks {
  readonly from: string;
  /** Parameters by name, members as `Schema.member`, with `.` into objects and `[]` into lists. */
  readonly to: readonly string[];
  /** The values that are called otherwise, with all that stand in their place. */
  readonly values?: readonly { readonly from: unknown; readonly to: readonly unknown[] }[];
}

export interface Added {
  readonly name: string;
  readonly required: boolean;
}

/** Sentences for an integrator. */
export interface Remarks {
  /** Why there is no counterpart. */
  readonly gone?: string;
  /** What to do. */
  readonly note?: string;
  /** What is different apart from the name. */
  readonly change?: string;
  /** The entry may be wrong, for this `reason`. */
  readonly evidence?: 'inferred';
  readonly reason?: string;
}
