// The site's key value store. What cannot be read is undefined; whoever asks decides what that means.
const store = cf.kvs();

async function fromStore(key) {
  try {
    return await store.get(key);
  } catch (e) {
    return undefined;
  }
}
