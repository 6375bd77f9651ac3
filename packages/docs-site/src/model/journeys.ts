import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { bundlePath } from './bundle.ts';

/** A condition of Arazzo. Without a type it is an expression that must be true. */
export interface Criterion {
  condition: string;
  type?: 'regex' | 'jsonpath';
  /** What the pattern or the path is applied to. */
  context?: string;
}

export interface JourneyStep {
  stepId: string;
  description: string;
  /** `$sourceDescriptions.v2.listChats` */
  operationId: string;
  successCriteria: Criterion[];
}

/** @see https://spec.openapis.org/arazzo/v1.0.1.html#workflow-object */
export interface Journey {
  workflowId: string;
  summary: string;
  description: string;
  steps: JourneyStep[];
}

/** The journeys of the Arazzo file. */
export function readJourneys(): Journey[] {
  return parse(readFileSync(bundlePath('journeys.arazzo.yaml'), 'utf8')).workflows;
}
