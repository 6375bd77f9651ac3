import { createMock, type Mock } from '@comm100-openapi/mock-core';

/** The mock from the files of `@comm100-openapi/spec`, copied from its folder `dist` to where the page is. */
export async function loadMock(): Promise<Mock> {
  const files = ['comm100-v1.json', 'comm100-v2.json', 'demo-company.json', 'demo-week.json', 'migration.json'];
  const [v1, v2, company, facts, migration] = await Promise.all(files.map(async (file) => (await fetch(file)).json()));
  return createMock({ bundles: [v1, v2], company, facts, migration });
}
