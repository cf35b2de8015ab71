/**
 * Groups: the postings of one key, read from their streams when they are asked for.
 */

/** The postings of one key: the units that have it, in order, and where in each. */
export class Group {
  /**
   * @param {string[]} forms
   * @param {Uint8Array[]} streams
   */
  constructor(forms, streams) {
    this.forms = forms;
    this.streams = streams;
    /** The numbers of the units. @type {number[]} */
    this.units = sums(all(streams[0]));
    this.exactNorms = streams[1];
    this.stemNormSurprises = streams[2];
    /** @type {{starts: Uint32Array, forms: Uint8Array | number[]} | undefined} */
    this.counted = undefined;
    /** @type {{positions: Uint32Array, partings: Uint8Array | number[]} | undefined} */
    this.placed = undefined;
  }

  /**
   * The occurrences: those of unit `i` are from `starts[i]` to `starts[i + 1]`, each with the place
   * of its form in `forms`.
   */
  get occurrences() {
    this.counted ??= this.readOccurrences();
    return this.counted;
  }

  /** Of each occurrence its position, and the stop words that part it from the word before. */
  get places() {
    this.placed ??= this.readPlaces();
    return this.placed;
  }

  readOccurrences() {
    const [, , , countStream, formStream] = this.streams;
    const starts = new Uint32Array(this.units.length + 1);
    for (const [at, count] of all(countStream).entries()) starts[at + 1] = starts[at] + count + 1;
    const total = starts[this.units.length];
    return { starts, forms: formStream.length ? all(formStream) : new Uint8Array(total) };
  }

  readPlaces() {
    const [, , , , , positionStream, partingStream] = this.streams;
    const { starts } = this.occurrences;
    const positions = Uint32Array.from(all(positionStream));
    for (let unit = 0; unit < this.units.length; unit++) {
      for (let at = starts[unit] + 1; at < starts[unit + 1]; at++)
        positions[at] += positions[at - 1];
    }
    return { positions, partings: all(partingStream) };
  }

  /**
   * Return how often each unit has one of the forms.
   *
   * @param {number} form its place
   */
  countsOf(form) {
    const { starts, forms } = this.occurrences;
    const counts = new Uint32Array(this.units.length);
    for (let unit = 0; unit < counts.length; unit++) {
      for (let at = starts[unit]; at < starts[unit + 1]; at++)
        if (forms[at] === form) counts[unit]++;
    }
    return counts;
  }

  /** Of two stop words side by side: how many units have each of them. */
  get unitsOfEach() {
    return all(this.streams[2]);
  }

  /**
   * The units that have the word by what another lends them: their titles and chapeaux.
   *
   * @returns {number[]} in order, each once
   */
  get borrowers() {
    const numbers = all(this.streams[7]);
    /** @type {Set<number>} */
    const borrowers = new Set();
    let lender = -1;
    for (let at = 0; at < numbers.length; ) {
      lender += numbers[at++] + 1;
      let end = this.units[lender];
      for (let runs = numbers[at++]; runs > 0; runs--) {
        const start = end + numbers[at++];
        end = start + numbers[at++];
        for (let unit = start; unit < end; unit++) borrowers.add(unit);
      }
    }
    return [...borrowers].sort((one, other) => one - other);
  }
}

/**
 * Return what gives the groups of a file by their keys; a group is read when it is asked for, since
 * a file has many and a query needs one.
 *
 * @param {[string, ...(string | number[])[]][]} directory
 * @param {Uint8Array} bytes streams, those of one kind side by side
 * @returns {(key: string) => Group | undefined}
 */
export function readGroups(directory, bytes) {
  /** @type {Map<string, [string[], Uint8Array[]]>} */
  const stored = new Map();
  for (const [key, ...rest] of directory) stored.set(key, [/** @type {string[]} */ (rest), []]);
  const lengths = directory.map((entry) => /** @type {number[]} */ (entry.at(-1)));
  let at = 0;
  for (let kind = 0; kind < 8; kind++) {
    for (const [place, [, streams]] of [...stored.values()].entries()) {
      const end = at + (lengths[place][kind] ?? 0);
      streams.push(bytes.subarray(at, end));
      at = end;
    }
  }
  /** @type {Map<string, Group>} */
  const groups = new Map();
  return (key) => {
    const found = stored.get(key);
    if (found && !groups.has(key)) groups.set(key, new Group(found[0].slice(0, -1), found[1]));
    return groups.get(key);
  };
}

/** @param {Uint8Array} stream */
function all(stream) {
  /** @type {number[]} */
  const read = [];
  let number = 0;
  let shift = 0;
  for (let at = 0; at < stream.length; at++) {
    number |= (stream[at] & 127) << shift;
    shift += 7;
    if (stream[at] < 128) {
      read.push(number);
      number = shift = 0;
    }
  }
  return read;
}

/**
 * Return the numbers that differences were made of.
 *
 * @param {number[]} differences
 */
export function sums(differences) {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}
