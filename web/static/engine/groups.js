/**
 * Groups: the postings of one key, read from their streams when they are asked for.
 */

/** A reader of numbers with seven bits a byte, the lowest first. */
class Numbers {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  next() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      number |= (byte & 127) << shift;
      if (byte < 128) return number;
    }
  }

  get ended() {
    return this.at >= this.bytes.length;
  }
}

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
    /** @type {{starts: Uint32Array, forms: Uint8Array | number[], positions: Uint32Array, partings: Uint8Array} | undefined} */
    this.read = undefined;
  }

  /**
   * The occurrences: those of unit `i` are from `starts[i]` to `starts[i + 1]`, each with the place
   * of its form in `forms`, its position, and the stop words that part it from the word before.
   */
  get occurrences() {
    this.read ??= this.readOccurrences();
    return this.read;
  }

  readOccurrences() {
    const [, , , countStream, formStream, positionStream, partingStream] = this.streams;
    const counts = new Numbers(countStream);
    const starts = new Uint32Array(this.units.length + 1);
    for (let at = 0; at < this.units.length; at++) starts[at + 1] = starts[at] + counts.next() + 1;
    const total = starts[this.units.length];
    const differences = new Numbers(positionStream);
    const positions = new Uint32Array(total);
    for (let unit = 0; unit < this.units.length; unit++) {
      let position = 0;
      for (let at = starts[unit]; at < starts[unit + 1]; at++) {
        position += differences.next();
        positions[at] = position;
      }
    }
    return {
      starts,
      forms: formStream.length ? all(formStream) : new Uint8Array(total),
      positions,
      partings: partingStream.length ? Uint8Array.from(all(partingStream)) : new Uint8Array(total),
    };
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
    const numbers = new Numbers(this.streams[7] ?? new Uint8Array());
    /** @type {Set<number>} */
    const borrowers = new Set();
    let at = -1;
    while (!numbers.ended) {
      at += numbers.next() + 1;
      let end = this.units[at];
      for (let runs = numbers.next(); runs > 0; runs--) {
        const start = end + numbers.next();
        end = start + numbers.next();
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
      streams.push(bytes.subarray(at, (at += lengths[place][kind] ?? 0)));
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
  const numbers = new Numbers(stream);
  /** @type {number[]} */
  const read = [];
  while (!numbers.ended) read.push(numbers.next());
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
