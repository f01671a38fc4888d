import type { Catalogue, CatalogueItem } from '../interactions/interaction-data.js';
import { createRandom, type Random } from '../random/random.js';
import { simulatedDomains, styleNames } from './topic-names.js';
import { sourceDomain, targetDomain, type World } from './world.js';

const wordsOfATopic = 10;
const wordsOfAStyle = 5;
const wordsOfNoMeaning = 200;
/** Distance of a style's centre from its topic's, in the unit of the topics' own spread. */
const styleSpread = 0.4;

/** What may be known of the items: a category for some, words and numbers for all. */
export function createSimulatedCatalogue(world: World): Catalogue {
  const { parameters } = world;
  const random = createRandom(world.seed, 'simulator/catalogue');
  const centres = new Map<string, Float64Array>();
  const centreOf = (name: string) => {
    const known = centres.get(name);
    if (known !== undefined) return known;
    const centre = Float64Array.from({ length: parameters.features }, () => random.normal());
    centres.set(name, centre);
    return centre;
  };
  const items = Array.from(world.itemClusters, (cluster, index): CatalogueItem => {
    const domain = index < parameters.sourceItems ? sourceDomain : targetDomain;
    const topic = world.topics[domain][cluster]!;
    const style = styleNames[world.itemStyles[index]!]!;
    const topicCentre = centreOf(topic);
    const styleCentre = centreOf(`style ${style}`);
    return {
      itemId: itemIdOf(world, index),
      domain,
      category: random.bernoulli(parameters.categoryShare) ? topic : '',
      tokens: [
        ...words(random, topic, wordsOfATopic, parameters.topicWords),
        ...words(random, style, wordsOfAStyle, parameters.styleWords),
        ...words(random, 'word', wordsOfNoMeaning, parameters.noiseWords),
      ],
      numbers: Float32Array.from(
        topicCentre,
        (value, axis) => value + styleSpread * styleCentre[axis]! + parameters.featureNoise * random.normal(),
      ),
    };
  });
  return { domains: [...simulatedDomains], items };
}

/** `book-0001`, `film-0001`: the number says nothing about the cluster. */
function itemIdOf(world: World, index: number): string {
  const { sourceItems } = world.parameters;
  const isSource = index < sourceItems;
  const number = 1 + (isSource ? index : index - sourceItems);
  return `${isSource ? 'book' : 'film'}-${String(number).padStart(4, '0')}`;
}

function words(random: Random, stem: string, vocabulary: number, count: number): string[] {
  return Array.from(random.choose(vocabulary, count), (number) => `${stem}-${number + 1}`);
}
