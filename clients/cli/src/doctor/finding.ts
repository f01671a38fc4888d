/** What a check found. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What is there. */
  readonly found: string;
  /** What to do; empty where all is well. */
  readonly remedy: string;
}

/** A finding that all is well. */
export function fine(name: string, found: string): Finding {
  return { name, ok: true, found, remedy: '' };
}

/** A finding that something is not, and what to do. */
export function wanting(name: string, found: string, remedy: string): Finding {
  return { name, ok: false, found, remedy };
}
