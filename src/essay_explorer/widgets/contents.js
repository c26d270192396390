// @ts-check
/** What the lens looks at: the reading, the layers on it, and what is looked up in them. Part of lens.js. */
/** @import { Content, Layer, LensTraits, Model } from "./types.d.ts" */

const OWN = say("The reading’s own"); // the layer of what the reading has itself

/** What is made when it is first asked for. @template Value @param {() => Value} make */
function lazy(make) {
  /** @type {Value | undefined} */
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

/** What is looked up in a reading again and again, whatever lies on it. @param {Content} content */
function indexedText(content) {
  const texts = lazy(() => textsOf(content));
  return {
    content,
    ids: lazy(() => new Set(content.passages.map(({ id }) => id))),
    foldedOf: foldedBy((/** @type {string} */ id) => texts().get(id) ?? ""),
    foldedAt: foldedBy((/** @type {number} */ at) => content.paragraphs[at].text),
  };
}

/**
 * What is looked up in a content again and again.
 * @param {Content} content @param {ReturnType<typeof indexedText>} below the reading under its layers
 */
function indexed(content, below) {
  const texts = lazy(() => textsOf(content));
  const own = foldedBy((/** @type {string} */ id) => texts().get(id) ?? "");
  return {
    content,
    texts,
    tags: lazy(() => tagsOf(content)),
    passages: lazy(() => new Map(content.passages.map((passage) => [passage.id, passage]))),
    foldedOf: (/** @type {string} */ id) => (below.ids().has(id) ? below.foldedOf(id) : own(id)),
    foldedAt: below.foldedAt,
    extent: lazy(() => stretchesOf(content)),
  };
}

/**
 * The reading with the layers that are on, in step with a model once it is told to `renew`.
 * @param {Model<LensTraits>} model
 */
export function createContents(model) {
  const layering = createLayering();
  /** @type {Layer[]} */
  let layers = [];
  let below = indexedText(model.get("content"));
  const make = () => indexed(layering(below.content, layers, model.get("hidden")), below);
  let index = make();
  const everything = () => (model.get("hidden").length ? createLayering()(below.content, layers) : index.content);
  let whole = lazy(everything);
  return {
    index: () => index,
    /** The reading with all layers, also with those that are off. */
    whole: () => whole(),
    /** Take up what the model has now. */
    renew() {
      if (below.content !== model.get("content")) below = indexedText(model.get("content"));
      index = make();
      whole = lazy(everything);
    },
    /** Put down layers in place of those from before. @param {Layer[]} shown */
    lay(shown) {
      checkLayers(below.content, shown);
      layers = shown;
    },
    /** The label of a layer, by its id. @param {string} id */
    layerOf: (id) => layers.find((layer) => layer.id === id)?.label ?? OWN,
    /** The layers that there are, the reading's own first, each with how many annotations it has. */
    layers() {
      const hidden = model.get("hidden");
      const own = { id: READING, label: OWN, count: below.content.passages.length };
      const others = layers.map(({ id, label, annotations }) => ({ id, label, count: annotations.length }));
      const all = [own, ...others].filter(({ id, count }) => count || ![READING, MINE].includes(id));
      return all.map((layer) => ({ ...layer, on: !hidden.includes(layer.id) }));
    },
  };
}
