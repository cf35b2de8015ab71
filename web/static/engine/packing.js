/**
 * Packing: the tables of the analysis as they travel, made what `tables.json` holds. The twin of
 * `web/shards/tables.py`.
 */

/**
 * Return the words that are written each less what it shares with the one before.
 *
 * @param {string} written
 */
function shared(written) {
  let word = "";
  return (written.match(/\d\D*/g) ?? []).map((rest) => {
    word = word.slice(0, Number(rest[0])) + rest.slice(1);
    return word;
  });
}

/**
 * Return the forms of lemmas, which are written with the places of the letters that they share.
 *
 * @param {[string, string]} written
 */
function lemmas([words, templates]) {
  const forms = templates.split("/");
  return Object.fromEntries(
    shared(words).map((lemma, at) => [
      lemma,
      forms[at].replace(/\d/g, (place) => lemma[Number(place)]),
    ]),
  );
}

/**
 * Return the tables as `tables.json` holds them, folded, without the roots.
 *
 * @param {any} packed
 */
export function unpackTables(packed) {
  return {
    ...packed,
    radical: { "": shared(packed.radical) },
    kept: shared(packed.kept).map((word) => [...word].reverse().join("")),
    whole: shared(packed.whole),
    names: shared(packed.names),
    stop_words: shared(packed.stop_words),
    not_verbs: shared(packed.not_verbs),
    broken_plurals: lemmas(packed.broken_plurals),
    spellings: lemmas(packed.spellings),
    verbs: lemmas(packed.verbs),
  };
}
