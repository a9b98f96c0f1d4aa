/* What the door keeps on the device: marks not sent yet, and what the server said last. IndexedDB;
   where the browser refuses it, memory, and `isKept` says so, because then the page must stay open. */
const doorStore = (() => {
  const asked = (request) => new Promise((well, ill) => {
    request.onsuccess = () => well(request.result);
    request.onerror = () => ill(request.error);
  });

  function memory() {
    const queue = new Map(), states = new Map();
    return {
      isKept: false,
      put: async (mark) => { queue.set(mark.id, mark); },
      drop: async (ids) => { ids.forEach((id) => queue.delete(id)); },
      queue: async (session) => [...queue.values()].filter((mark) => mark.session === session),
      state: async (key) => states.get(key),
      remember: async (key, state) => { states.set(key, state); },
      forget: async (key) => { states.delete(key); },
    };
  }

  async function open() {
    const opening = indexedDB.open("mitra-door", 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("queue", { keyPath: "id" }).createIndex("session", "session");
      opening.result.createObjectStore("states");
    };
    const base = await asked(opening);
    const write = (name, work) => new Promise((well, ill) => {
      const act = base.transaction(name, "readwrite", { durability: "strict" });
      work(act.objectStore(name));
      act.oncomplete = () => well();
      act.onerror = act.onabort = () => ill(act.error);
    });
    const read = (name) => base.transaction(name).objectStore(name);
    return {
      isKept: true,
      put: (mark) => write("queue", (store) => store.put(mark)),
      drop: (ids) => write("queue", (store) => ids.forEach((id) => store.delete(id))),
      queue: (session) => asked(read("queue").index("session").getAll(session)),
      state: (key) => asked(read("states").get(key)),
      remember: (key, state) => write("states", (store) => store.put(state, key)),
      forget: (key) => write("states", (store) => store.delete(key)),
    };
  }

  return { open: () => open().catch(memory) };
})();
