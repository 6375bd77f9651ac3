/** The demo company, as `spec/demo/company.yaml` has it: what programs need of it. All of it is invented. */
export interface Company {
  readonly site: {
    readonly id: number;
    readonly name: string;
    readonly edition: string;
    /** The day that everything is told on, `yyyy-MM-dd`. @default the day on which the program runs */
    readonly today?: string;
  };
  readonly agents: readonly CompanyAgent[];
  readonly partner: { readonly email: string; readonly password: string };
}

export interface CompanyAgent {
  readonly id: number;
  readonly email: string;
  /** 32 hexadecimal digits. */
  readonly apiKey: string;
  readonly password: string;
  readonly permissions: 'all' | readonly string[];
  /** Exists only in the examples that create an agent, and cannot log in. */
  readonly created?: boolean;
}

/** The agents who can log in. */
export function activeAgents(company: Company): readonly CompanyAgent[] {
  return company.agents.filter((agent) => !agent.created);
}
