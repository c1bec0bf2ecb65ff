/** Maps that hold a list for each key (https://en.wikipedia.org/wiki/Multimap). */

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
