import { type Document, type Json, partsOf, resolve, type Schema } from '@comm100-openapi/description';
import { type Check, type Compiler, type Finding, fail, isObject, type Report } from './check.ts';

/**
 * The check of `anyOf`, or of `oneOf`. Where a property with a fixed value chooses the branch, the others do not count,
 * so that an error does not name the faults of every branch at once.
 */
export function union(branches: Schema[], keyword: 'anyOf' | 'oneOf', { document, compile }: Compiler): Check {
  const checks = branches.map(compile);
  const chooser = chooserOf(document, branches);
  return (value, report, seen) => {
    const given = chooser && isObject(value) ? value[chooser.name] : undefined;
    if (chooser && given !== undefined) {
      const chosen = checks[chooser.values.indexOf(given as Json)];
      return chosen?.(value, report, seen) ?? fail(report, 'enum', { allowed: chooser.values }, chooser.name);
    }
    const failures: Finding[][] = [];
    for (const check of checks) {
      const trial: Report = { ...report, findings: [] };
      const known = seen && new Set<string>();
      if (!check(value, trial, known)) failures.push(trial.findings);
      else for (const name of known ?? []) seen?.add(name);
      // What other branches know of a value is of interest only to who collects it.
      if (keyword === 'anyOf' && !seen && trial.findings.length === 0) return true;
    }
    const fitting = checks.length - failures.length;
    if (fitting > 1 && keyword === 'oneOf') return fail(report, 'oneOf', {});
    if (fitting > 0) return true;
    const room = report.limit - report.findings.length;
    report.findings.push(...closest(failures, report.path.length).slice(0, room));
    return false;
  };
}

/** The property that has another fixed value in each branch. */
function chooserOf(document: Document, branches: Schema[]): { name: string; values: Json[] } | undefined {
  const fixed = branches.map((branch) => {
    const properties = partsOf(document, branch).flatMap((part) => Object.entries(part.properties ?? {}));
    return new Map(properties.map(([name, property]) => [name, resolve<Schema>(document, property).const]));
  });
  for (const name of fixed[0]?.keys() ?? []) {
    const values = fixed.flatMap((values) => values.get(name) ?? []);
    if (values.length === branches.length && new Set(values).size === values.length) return { name, values };
  }
  return undefined;
}

/**
 * Of the findings of each branch, those that a reader needs: what is wrong in all branches, where they differ only in
 * the values or the types that they allow as one list, or else what is wrong in the branch that fits best.
 */
function closest(failures: readonly Finding[][], depth: number): readonly Finding[] {
  const isOfOtherType = ([first]: Finding[]) => first?.keyword === 'type' && first.path.length === depth;
  const near = failures.filter((findings) => !isOfOtherType(findings));
  if (near.length === 0) return joined(failures.flat(), 'types');

  const [first = [], ...others] = near;
  const isSame = (one: Finding) => (other: Finding) =>
    one.keyword === other.keyword && one.path.join('/') === other.path.join('/');
  const common = first.filter((finding) => others.every((findings) => findings.some(isSame(finding))));
  const list = common.find(({ keyword }) => keyword === 'enum');
  if (list) return joined(near.flat().filter(isSame(list)), 'allowed');
  if (common.length > 0) return common;
  return near.reduce((least, findings) => (findings.length < least.length ? findings : least));
}

/** Findings of one keyword at one place, as one. */
function joined([first, ...others]: readonly Finding[], param: 'types' | 'allowed'): Finding[] {
  if (!first) return [];
  const values = [first, ...others].flatMap(({ params }) => params[param] ?? []);
  return [{ ...first, params: { [param]: [...new Set(values)] } }];
}
