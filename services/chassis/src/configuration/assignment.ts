/** A value that a source gives to an option, before it is checked. */
export interface Assignment {
  /** Path of the option, for example `server.address`. */
  readonly path: string;
  /** The value; a string is still to be read as what the option is where {@link Assignment.text} is set. */
  readonly value: unknown;
  /** Whether the source knows strings only, as flags and the environment do. */
  readonly text: boolean;
  /** Where it stands, for messages: `flag --server.address`, `file mesh.yaml:3`. */
  readonly where: string;
}

/** What a source yields: its assignments, and what is wrong with it. */
export interface SourceReading {
  readonly assignments: Assignment[];
  readonly problems: string[];
}
