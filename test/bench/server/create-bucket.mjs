/** A bucket in memory: objects by key, `sortedKeys()` in the order of their UTF-8 bytes. */
export function createBucket(objects = new Map()) {
  let sorted;
  return {
    get: (key) => objects.get(key),
    set(key, object) {
      if (!objects.has(key)) sorted = undefined;
      objects.set(key, { ...object, modified: Date.now() });
    },
    delete(key) {
      if (objects.delete(key)) sorted = undefined;
    },
    entries: () => [...objects],
    copy: () => createBucket(new Map(objects)),
    sortedKeys() {
      sorted ??= [...objects.keys()]
        .map((key) => Buffer.from(key))
        .sort(Buffer.compare)
        .map(String);
      return sorted;
    },
  };
}

/** Whether a key comes after another in a LIST. */
export const isAfter = (key, other) => Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
