/**
 * Texts: what the widget says, in both languages. What stands between braces is put in.
 */

/**
 * @typedef {"ar" | "en"} Language
 * @typedef {Record<string, string>} Texts
 */

/** @type {Record<Language, Texts>} */
const TEXTS = {
  ar: {
    label: "ابحث عن كلمات أو عبارة",
    searching: "جارٍ البحث…",
    results: "نتائج البحث",
    completions: "اقتراحات الإكمال",
    completed: "لا اقتراحات|اقتراح واحد|اقتراحان|{n} اقتراحات|{n} اقتراحاً|{n} اقتراح",
    all: "الكل",
    organ: "الهيئة",
    session: "الدورة",
    kind: "نوع الفقرة",
    year: "السنة",
    paragraphs: "لا فقرات|فقرة واحدة|فقرتان|{n} فقرات|{n} فقرة|{n} فقرة",
    some: "{all}، وفي {others} بعض الكلمات فقط",
    others: "|فقرة واحدة|فقرتين|{n} فقرات|{n} فقرة|{n} فقرة",
    partial: "في هذه الفقرات بعض الكلمات فقط",
    same: "|وفقرة أخرى بالنصّ نفسه|وفقرتان أخريان بالنصّ نفسه|و{n} فقرات أخرى بالنصّ نفسه|و{n} فقرة أخرى بالنصّ نفسه|و{n} فقرة أخرى بالنصّ نفسه",
    more: "المزيد من النتائج",
    meant: "هل أردت: {query}؟ ({n})",
    nothing: "لم يُعثر على شيء. جرّب كلمات أقلّ، أو احذف علامتي التنصيص.",
    filtered: "وقد تكون القيود هي المانع.",
    retry: "أعد المحاولة",
    shortened: "قُرئ من الاستعلام أوله فقط.",
    "too-many-words": "قُرئ من الاستعلام أول {detail} من كلماته وعباراته فقط.",
    "too-deep": "تُجوهلت أقواس تداخلت أكثر من {detail} مرة.",
    "no-word": "تُجوهل {detail}: ليس فيه كلمة.",
    "field-ignored": "تُجوهل {detail}: لا يُقبل هذا القيد أو هذه القيمة هنا.",
    "star-ignored": "تُجوهلت * في {detail}: فهي تحلّ محلّ حروف كلمة بعد حرفين على الأقلّ.",
    offline: "تعذّر الوصول إلى ملفات البحث. تحقّق من الشبكة.",
    missing: "ملف من ملفات البحث غير موجود؛ لعلّ رفعها إلى الموقع لم يكتمل.",
    damaged: "ملف من ملفات البحث تالف أو من نسخة أخرى؛ لعلّ رفعها إلى الموقع لم يكتمل.",
    version: "ملفات البحث من إصدار آخر من فهرس، ويجب إنشاؤها من جديد.",
    browser: "هذا المتصفح أقدم من أن يُشغّل البحث؛ حدّثه أو استعمل متصفحاً آخر.",
    unknown: "حدث خطأ في البحث.",
  },
  en: {
    label: "Search for words or a phrase",
    searching: "Searching…",
    results: "Search results",
    completions: "Completions",
    completed: "|{n} completion||||{n} completions",
    all: "All",
    organ: "Organ",
    session: "Session",
    kind: "Kind of paragraph",
    year: "Year",
    paragraphs: "|{n} paragraph||||{n} paragraphs",
    some: "{all}, and {others} with only some of the words",
    others: "|{n}||||{n}",
    partial: "These paragraphs have only some of the words",
    same: "|and {n} more with the same wording||||and {n} more with the same wording",
    more: "More results",
    meant: "Did you mean: {query}? ({n})",
    nothing: "Nothing was found. Try fewer words, or leave the quotation marks out.",
    filtered: "The restrictions may be what stands in the way.",
    retry: "Try again",
    shortened: "Read only the beginning of the query.",
    "too-many-words": "Read only the first {detail} words and phrases.",
    "too-deep": "Ignored brackets that stand more than {detail} deep.",
    "no-word": "Ignored {detail}: there is no word in it.",
    "field-ignored": "Ignored {detail}: this field or value is not known here.",
    "star-ignored":
      "Ignored the * in {detail}: it stands for letters of a word after two at least.",
    offline: "The search files could not be reached. Check the connection.",
    missing: "A search file is missing; perhaps the upload was not finished.",
    damaged: "A search file is damaged or of another upload; perhaps the upload was not finished.",
    version: "The search files are of another version of Fihris and have to be made anew.",
    browser: "This browser is too old to search; please update it, or use another one.",
    unknown: "The search failed.",
  },
};

/** The categories of CLDR, in the order in which the forms of a noun stand. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** Speaks one language. */
export class Speaker {
  /** @param {Language} language */
  constructor(language) {
    this.texts = TEXTS[language];
    this.plurals = new Intl.PluralRules(language);
    // The United Nations print 0 to 9 in Arabic documents, too.
    this.numbers = new Intl.NumberFormat(`${language}-u-nu-latn`);
  }

  /**
   * Return the sentence called `key`; nothing when there is none.
   *
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  say(key, values = {}) {
    return this.texts[key]?.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  /**
   * Return a number with its noun.
   *
   * @param {string} key
   * @param {number} count
   */
  count(key, count) {
    const forms = this.texts[key].split("|");
    const form = forms[CATEGORIES.indexOf(this.plurals.select(count))];
    return form.replace("{n}", this.numbers.format(count));
  }
}
