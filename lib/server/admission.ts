/*
 * Who may come in: counts connections, in all and by source, and refuses one too many, and all of them once the server
 * shuts down.
 */

/** Connections that may be told so at the same time; beyond, they are dropped without a word. */
const MAX_REFUSED = 1_000;

/** The connections that are open. */
export class Admission {
  #total = 0;
  #refused = 0;
  #isShut = false;
  readonly #bySource = new Map<string, number>();

  constructor(private readonly limits: { readonly maxConnections: number; readonly maxConnectionsPerSource: number }) {}

  /** Why another connection of this source may not stay; nothing if it may. */
  refusal(source: string): 'shutting-down' | 'server-full' | undefined {
    if (this.#isShut) return 'shutting-down';
    const isFull = this.#total >= this.limits.maxConnections || this.#from(source) >= this.limits.maxConnectionsPerSource;
    return isFull ? 'server-full' : undefined;
  }

  /** From now on nobody may stay. */
  shut(): void {
    this.#isShut = true;
  }

  /**
   * A connection has come. One that is refused takes nobody's place while it is told so.
   * @returns false if even of those there are too many
   */
  arrived(source: string, isAdmitted: boolean): boolean {
    if (!isAdmitted) return ++this.#refused <= MAX_REFUSED;
    this.#total++;
    this.#bySource.set(source, this.#from(source) + 1);
    return true;
  }

  departed(source: string, isAdmitted: boolean): void {
    if (!isAdmitted) {
      this.#refused--;
      return;
    }
    this.#total--;
    const left = this.#from(source) - 1;
    if (left > 0) this.#bySource.set(source, left);
    else this.#bySource.delete(source);
  }

  #from(source: string): number {
    return this.#bySource.get(source) ?? 0;
  }
}
