import { type Document, operationsOf } from '@comm100-openapi/description';
import type { OperationTable, ServedOperation } from '../../operation-table.ts';
import { sentenceOf } from '../../schema/words.ts';
import type { Contract } from '../contract.ts';
import { entityOf } from '../entities.ts';
import type { Difference } from '../store.ts';
import type { World } from '../world.ts';

/** Finds the first entity of a world that an operation could not show. @returns what is wrong, as a sentence */
export type EntityCheck = (world: World, changed: Difference) => string | undefined;

/** Checks entities against the operations that show one, in each version: what they would respond with has to be valid. */
export function entityCheck(documents: readonly Document[], table: OperationTable, contract: Contract): EntityCheck {
  let operations: readonly ServedOperation[] | undefined;
  return (world, changed) => {
    operations ??= itemOperations(documents, table, contract);
    for (const [kind, entities] of Object.entries(changed)) {
      for (const operation of operations.filter((each) => contract.actionOf(each)?.kind === kind)) {
        const { schema = {}, validate } = operation.success;
        const show = contract.projector(operation).of(schema);
        for (const [key, entity] of Object.entries(entities)) {
          if (entity === null) continue;
          const [finding] = validate(show(entityOf(world, kind, key) ?? {}, world));
          if (!finding) continue;
          const reason = sentenceOf(finding, 'It');
          return `'changed.${kind}.${key}' cannot be shown by ${operation.id} of version ${operation.document.info.version}: ${reason}`;
        }
      }
    }
    return undefined;
  };
}

/** The operations that show one entity. */
function itemOperations(documents: readonly Document[], { router }: OperationTable, contract: Contract) {
  return documents
    .flatMap((document) => operationsOf(document))
    .filter(({ isWebhook }) => !isWebhook)
    .flatMap(({ method, path }) => router.find(method.toUpperCase(), path.split('/').slice(1))?.target() ?? [])
    .filter((operation) => contract.actionOf(operation)?.verb === 'get');
}
