import { Catalogue } from '../domain/catalogue.js';
import { decodeWrite } from './catalogue-codec.js';
import type { CatalogueFollower } from './catalogue-follower.js';
import type { LoggedWrite } from './catalogue-log.js';

/** The catalogues of one replica, by the name of their model. Each follows the log from the first time it is opened. */
export class CatalogueDirectory {
  readonly #follower: CatalogueFollower;
  readonly #catalogues = new Map<string, Promise<Catalogue>>();

  constructor(follower: CatalogueFollower) {
    this.#follower = follower;
  }

  /** The catalogue of a model, level with the log. Rejects where the database does not answer; a later call tries again. */
  open(modelName: string): Promise<Catalogue> {
    const known = this.#catalogues.get(modelName);
    if (known !== undefined) return known;
    const opened = this.#open(modelName);
    this.#catalogues.set(modelName, opened);
    opened.catch(() => this.#catalogues.delete(modelName));
    return opened;
  }

  async #open(modelName: string): Promise<Catalogue> {
    const catalogue = new Catalogue(modelName);
    await this.#follower.follow(catalogue, (write: LoggedWrite) =>
      catalogue.applyChange(write.sequence, decodeWrite(write)),
    );
    return catalogue;
  }
}
