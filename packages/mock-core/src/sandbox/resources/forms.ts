import type { Json } from '@comm100-openapi/description';
import { invalid } from '../errors.ts';
import { isRecord } from '../merge.ts';
import type { Call, Resource } from '../resource.ts';
import type { Entity, Store } from '../store.ts';

/**
 * The fields of a form as they are kept: those with an id are changed, those without one are new and get the next id,
 * and those that are left out are removed. That fields of the service cannot be removed is not documented, so they can.
 *
 * @throws {ServiceError} 400 where an id is of no field of the form.
 */
function formFields(sent: Json, before: Json | undefined, { world }: Call): Json {
  const known = new Map(
    (Array.isArray(before) ? before : []).filter(isRecord).map((field) => [String(field.id), field]),
  );
  return (Array.isArray(sent) ? sent : []).filter(isRecord).map((field): Json => {
    const { id, isSystem: _, ...rest } = field;
    const old = known.get(String(id));
    if (old) return { ...old, ...rest };
    // Custom fields are of the site, and can be in several forms.
    const isNew = id === undefined || id === 0;
    const shared = isNew ? undefined : sharedField(world.store, String(id));
    if (!isNew && !shared) throw invalid('fields.id', `refers to ${id}, which is not a field of the form.`);
    const number = shared ? Number(id) : world.store.nextId('formFields');
    const made = {
      isVisible: false,
      isRequired: false,
      options: '',
      ...rest,
      isSystem: shared?.isSystem ?? false,
      id: number,
    };
    world.store.put('formFields', String(number), { id: number, isSystem: made.isSystem });
    return made;
  });
}

/** A field of the service, or a custom field of the site. */
function sharedField(store: Store, key: string): Entity | undefined {
  const field = store.get('formFields', key);
  return field?.isSystem === true ? field : store.get('customFields', key);
}

/** Settings that have fields of a form. */
const form: Resource = {
  initial: (_, __, contract) => contract.neutral('campaigns.preChat'),
  write: ({ fields, ...entity }, before, call) =>
    fields === undefined
      ? entity
      : { ...entity, fields: before?.fields === fields ? fields : formFields(fields, before?.fields, call) },
};

/** A form of a campaign, by the kind of its settings. */
export function formOf(kind: string): Resource {
  return { ...form, initial: (_, __, contract) => contract.neutral(kind) };
}

/** The wrap-up of a campaign is the list of its fields. */
export const agentWrapup: Resource = {
  initial: (_, __, contract) => contract.neutral('campaigns.agentWrapup'),
  write: (entity, before, call) =>
    before?.value === entity.value ? entity : { ...entity, value: formFields(entity.value ?? [], before?.value, call) },
};

/** The fields of the card in a new secure form, none of which is visible yet. */
export const secureForms: Resource = {
  write(entity, before, call) {
    const { store } = call.world;
    if (before) return form.write?.(entity, before, call, '') ?? entity;
    const usual = call.contract.defaults('secureForms').fields;
    const fields = (Array.isArray(usual) ? usual : []).filter(isRecord).map((field): Json => {
      const id = store.nextId('formFields');
      store.put('formFields', String(id), { id, isSystem: true });
      return { ...field, id };
    });
    const sent = entity.fields === usual ? undefined : entity.fields;
    return { ...entity, fields: sent === undefined ? fields : formFields(sent, fields, call) };
  },
};
