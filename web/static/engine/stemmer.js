/**
 * The light stemmer: a folded word in, the word without clitics and inflection out.
 *
 * The twin of `index/analysis/stemmer.py`, which gives the reasons; only what made a stem is left
 * out, since no page asks for it.
 */

// A word keeps at least so many letters when the article goes, a clitic, a pronoun, an ending.
const LEFT_BY_ARTICLE = 2;
const LEFT_BY_CLITIC = 3;
const LEFT_BY_PRONOUN = 3;
const LEFT_BY_ENDING = 2;

const LAST_LETTERS = "اهي";
/** @type {Record<string, string>} */
const IN_PLACE_OF_TEH = { تان: "ه", تين: "ه", ات: "ه", ته: "ه", اته: "اه" };
const CASE_ENDINGS = ["وا", "ا"];
const PERSONS = "يتن";

/**
 * What is left of a word after some of its endings went. A tentative cut counts only when what is
 * left is a known word; a nominal one only when that is no verb.
 *
 * @typedef {{left: string, tentative: boolean, nominal: boolean}} Cut
 */

/** Stems folded words by the rules of a set of tables. */
export class Stemmer {
  /** @param {import("./tables.js").Tables} tables */
  constructor(tables) {
    this.articles = tables.articles;
    this.clitics = tables.clitics;
    this.pronouns = tables.pronouns;
    this.endings = tables.endings;
    this.radical = new Set([...tables.radical, ...tables.names].map(seatless));
    this.radicalStarts = new Set([...this.radical].map((word) => word.slice(0, 3)));
    this.whole = new Set([...tables.whole].map(seatless));
    this.kept = new Set([...tables.kept].map(seatless));
    this.nouns = seatlessTable(tables.nouns);
    this.verbs = seatlessTable(tables.verbs);
  }

  /**
   * Return the stem of a folded word.
   *
   * @param {string} word
   */
  stem(word) {
    const form = seatless(word);
    return this.known(form) ?? this.withoutEndings(this.withoutPrefix(form));
  }

  /**
   * Tell whether the tables know a word, as a lemma or as a word that ends like a suffix.
   *
   * @param {string} word
   */
  knows(word) {
    return this.known(word) !== undefined;
  }

  /**
   * Return how many letters of a folded word are the article and what is written with it.
   *
   * @param {string} word
   */
  prefixLength(word) {
    const form = seatless(word);
    return this.knows(form) ? 0 : form.length - this.withoutPrefix(form).length;
  }

  /**
   * @param {string} word
   * @returns {string | undefined}
   */
  known(word) {
    return this.knownNoun(word) ?? this.verbs.get(word);
  }

  /**
   * @param {string} word
   * @returns {string | undefined}
   */
  knownNoun(word) {
    if (this.whole.has(word)) return word;
    return this.nouns.get(word) ?? (this.kept.has(word) ? word : undefined);
  }

  /** @param {Cut} cut */
  knownAt(cut) {
    return cut.nominal ? this.knownNoun(cut.left) : this.known(cut.left);
  }

  /**
   * Return a word without the article, conjunctions and prepositions.
   *
   * @param {string} word
   */
  withoutPrefix(word) {
    if (this.beginsWithRadical(word)) return word;
    if (this.articles.some((article) => word.startsWith(article))) {
      const bare = this.withoutArticle(word);
      if (bare !== word) return bare;
    }
    if (!this.beginsWithClitic(word)) return word;
    const bare = word.slice(1);
    const another =
      "وف".includes(word[0]) &&
      !this.knows(bare) &&
      !this.beginsWithRadical(bare) &&
      this.beginsWithClitic(bare);
    return another ? bare.slice(1) : bare;
  }

  /**
   * Tell whether the first letters of a word belong to it, as in وزيرة and التزامات.
   *
   * @param {string} word
   */
  beginsWithRadical(word) {
    if (!this.radicalStarts.has(word.slice(0, 3)) && !this.radical.has(word.slice(0, 2))) {
      return false;
    }
    for (const cut of this.cuts(word)) if (this.radical.has(cut.left)) return true;
    return false;
  }

  /**
   * Tell whether the first letter of a word, which is none of its own, may go.
   *
   * @param {string} word
   */
  beginsWithClitic(word) {
    const bare = word.slice(1);
    if (word[0] === "س") return bare !== "" && PERSONS.includes(bare[0]) && this.isKnownBelow(bare);
    if (word[0] === "و") return bare.length >= LEFT_BY_CLITIC;
    if (!this.clitics.includes(word[0])) return false;
    return (
      this.withoutEndings(word).length > LEFT_BY_CLITIC ||
      (bare.length >= LEFT_BY_CLITIC && this.isKnownBelow(bare))
    );
  }

  /**
   * Tell whether a word, or what some cut leaves of it, is a known word.
   *
   * @param {string} word
   */
  isKnownBelow(word) {
    for (const cut of this.cuts(word)) if (this.knownAt(cut) !== undefined) return true;
    return false;
  }

  /**
   * Return a word without the article and what is written together with it.
   *
   * @param {string} word
   */
  withoutArticle(word) {
    for (const article of this.articles) {
      if (!word.startsWith(article) || word.length - article.length < LEFT_BY_ARTICLE) continue;
      const bare = word.slice(article.length);
      const definite = article.endsWith("ال");
      // بالتزام: the word itself begins with ال; للجنة: one of three lams is not written.
      const own = (definite ? "ال" : "ل") + bare;
      if (!definite && !this.knows(own) && this.isKnownBelow(bare)) return bare;
      return this.knows(own) || this.beginsWithRadical(own) ? own : bare;
    }
    return word;
  }

  /**
   * Return the stem of a word that bears nothing in front.
   *
   * @param {string} word
   */
  withoutEndings(word) {
    let last = word;
    for (const cut of this.cuts(word)) {
      const known = this.knownAt(cut);
      if (known !== undefined) return known;
      if (!cut.tentative) last = cut.left;
    }
    return last;
  }

  /**
   * Yield a word and what is left of it, ending by ending.
   *
   * @param {string} word
   * @returns {Generator<Cut>}
   */
  *cuts(word) {
    yield { left: word, tentative: false, nominal: false };
    if (word && LAST_LETTERS.includes(word.slice(-1))) {
      yield { left: word.slice(0, -1), tentative: true, nominal: !takesObject(word) };
    }
    const pronoun = this.pronouns.find(
      (one) => word.endsWith(one) && word.length - one.length >= LEFT_BY_PRONOUN,
    );
    if (pronoun) {
      word = word.slice(0, -pronoun.length);
      yield { left: word, tentative: false, nominal: false };
      if (word.endsWith("ت") && word.length > LEFT_BY_PRONOUN) {
        // A pronoun turns ة into ت: مدرستها is مدرسة + ها.
        yield { left: `${word.slice(0, -1)}ه`, tentative: true, nominal: true };
        if (word.at(-2) !== "ا") {
          word = word.slice(0, -1);
          yield { left: word, tentative: false, nominal: false };
        }
      }
    }
    let cut = false;
    for (const ending of this.endings) {
      if (!word.endsWith(ending) || word.length - ending.length < LEFT_BY_ENDING) continue;
      if (cut && CASE_ENDINGS.includes(ending)) continue; // حماية is حماي + ة; its alef is no ending
      cut = true;
      const teh = IN_PLACE_OF_TEH[ending];
      if (teh) {
        if (ending[0] === "ت") {
          yield { left: word.slice(0, 1 - ending.length), tentative: true, nominal: true };
        }
        yield { left: word.slice(0, -ending.length) + teh, tentative: true, nominal: true };
      }
      word = word.slice(0, -ending.length);
      yield { left: word, tentative: false, nominal: true };
    }
  }
}

/**
 * Tell whether a verb may be left when ه goes: اعتمده is a verb, إعادة and استفادة are not.
 *
 * @param {string} word
 */
function takesObject(word) {
  return word[0] === "ي" || (word[0] === "ا" && word.length > 5 && word.at(-3) !== "ا");
}

/**
 * Return a word with every hamza written alike, whatever carries it.
 *
 * @param {string} word
 */
function seatless(word) {
  return word.replace(/[ؤئ]/g, "ء");
}

/** @param {Map<string, string>} lemmas */
function seatlessTable(lemmas) {
  return new Map([...lemmas].map(([form, lemma]) => [seatless(form), seatless(lemma)]));
}
