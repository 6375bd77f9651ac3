import { createMock, type Mock } from '@comm100-openapi/mock-core';

/** The mock from the files of `@comm100-openapi/spec`, which lie beside the page. */
export async function loadMock(): Promise<Mock> {
  const files = ['comm100-v1.json', 'comm100-v2.json', 'demo-company.json', 'migration.json'];
  const [v1, v2, company, migration] = await Promise.all(files.map(async (file) => (await fetch(file)).json()));
  return createMock({ bundles: [v1, v2], company, migration });
}
