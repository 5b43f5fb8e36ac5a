/** One behaviour of a cloud: what is documented, what the lab does, which tests show it, and what the lab cannot show. */
export interface Behaviour {
  readonly name: string;
  /** What the cloud documents, in our words. */
  readonly documented: string;
  /** The address of that documentation. */
  readonly source: string;
  readonly lab: string;
  /** Titles of tests by file. Empty if no test shows the behaviour. */
  readonly shownBy: Readonly<Record<string, readonly string[]>>;
  /** What the lab cannot show; undefined if nothing is known to be missing. */
  readonly limit?: Limit;
}

interface Limit {
  readonly text: string;
  /** A sentence for the reports. */
  readonly short: string;
}
