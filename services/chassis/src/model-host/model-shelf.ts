import { type ModelSpec, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { failure } from '../errors/isthmus-error.js';
import { type RegistryState, versionNotFound } from '../registry/model-registry.js';
import type { HostedVersion } from './hosted-version.js';

/** The label that is meant where a request says nothing. */
const defaultLabel = 'stable';

/** The versions of this process by name and version, and where labels point: what a request is resolved against. */
export class ModelShelf<M> {
  readonly #versions = new Map<string, HostedVersion<M>>();
  /** Where labels point here: at ready versions only. */
  #labels = new Map<string, string>();
  /** Where the registry wants them to point. */
  #wanted: RegistryState['labels'] = [];

  find(name: string, version: string): HostedVersion<M> | undefined {
    return this.#versions.get(keyOf(name, version));
  }

  put(version: HostedVersion<M>): void {
    this.#versions.set(keyOf(version.name, version.version), version);
  }

  /** Takes a version off, unless another one has taken its place. */
  remove(version: HostedVersion<M>): void {
    if (this.find(version.name, version.version) === version) {
      this.#versions.delete(keyOf(version.name, version.version));
    }
  }

  /** In order of name and version. */
  all(): HostedVersion<M>[] {
    return [...this.#versions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
  }

  labelsOf({ name, version }: HostedVersion<M>): string[] {
    return [...this.#labels].flatMap(([key, target]) => {
      const [model, label] = splitKey(key);
      return model === name && target === version ? [label] : [];
    });
  }

  /**
   * Points labels as the registry has them. One that points at a version which is not ready here stays where it was, as
   * long as that one answers.
   */
  pointLabels(wanted: RegistryState['labels']): void {
    this.#wanted = wanted;
    const labels = new Map<string, string>();
    for (const { name, label, version } of wanted) {
      const before = this.#labels.get(keyOf(name, label));
      if (this.find(name, version)?.isReady) labels.set(keyOf(name, label), version);
      else if (before !== undefined && this.find(name, before)?.isReady)
        labels.set(keyOf(name, label), before);
    }
    this.#labels = labels;
  }

  /** The default labels that the registry has and that do not answer here, because their version is not ready. */
  silentDefaults(): RegistryState['labels'] {
    return this.#wanted.filter(
      ({ name, label }) => label === defaultLabel && !this.#labels.has(keyOf(name, label)),
    );
  }

  /** Points labels again, after a version has become ready or has left. */
  repointLabels(): void {
    this.pointLabels(this.#wanted);
  }

  /**
   * The version that a request means, ready or not. Without a name the only model is meant; without a choice its label
   * `stable`.
   * @throws MODEL_NOT_FOUND, MODEL_VERSION_NOT_FOUND, MODEL_LABEL_NOT_FOUND, MODEL_NOT_READY where a label waits
   */
  resolve(spec: ModelSpec | undefined): HostedVersion<M> {
    const name = spec?.name || this.#onlyName();
    const versions = this.all().filter((version) => version.name === name);
    if (name === undefined || versions.length === 0) {
      throw failure(
        'MODEL_NOT_FOUND',
        name === undefined
          ? 'The request names no model, and this server has none or several. Check ListModels.'
          : `No model is named ${name} here. Check the name against ListModels, or load the model.`,
        { metadata: name === undefined ? {} : { name } },
      );
    }
    switch (spec?.choice?.$case) {
      case 'version':
        return found(name, spec.choice.value, this.find(name, spec.choice.value));
      case 'digest':
        return found(name, spec.choice.value, byDigest(versions, spec.choice.value));
      default:
        return this.#resolveLabel(name, spec?.choice?.value ?? defaultLabel);
    }
  }

  #resolveLabel(name: string, label: string): HostedVersion<M> {
    const version = this.find(name, this.#labels.get(keyOf(name, label)) ?? '');
    if (version) return version;
    const wanted = this.#wanted.find((row) => row.name === name && row.label === label);
    const waiting = wanted && this.find(name, wanted.version);
    if (waiting) return waiting;
    throw failure(
      'MODEL_LABEL_NOT_FOUND',
      `The model ${name} has no label ${label}. Point it at a ready version with SetLabel.`,
      { metadata: { name, label } },
    );
  }

  #onlyName(): string | undefined {
    const names = new Set([...this.#versions.values()].map(({ name }) => name));
    return names.size === 1 ? [...names][0] : undefined;
  }
}

/** Of several versions with the same files, one that is ready. */
function byDigest<M>(versions: readonly HostedVersion<M>[], digest: string): HostedVersion<M> | undefined {
  const matches = versions.filter((version) => version.digest === digest);
  return matches.find(({ state }) => state === ModelState.MODEL_STATE_READY) ?? matches[0];
}

function found<M>(name: string, version: string, hosted: HostedVersion<M> | undefined): HostedVersion<M> {
  if (!hosted) throw versionNotFound(name, version);
  return hosted;
}

/** Names, versions and labels hold no NUL: the contract's patterns and PostgreSQL both exclude it. */
function keyOf(name: string, part: string): string {
  return `${name}\0${part}`;
}

function splitKey(key: string): [string, string] {
  const [name = '', part = ''] = key.split('\0');
  return [name, part];
}
