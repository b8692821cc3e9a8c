// Writes fixtures/tokenizer/{llama3,qwen2}-style.json, two small byte-level tokenizers trained on fixtures/corpora, and byte-level-ids.json, the ids
// that Hugging Face's tokenizers give. Run in the project's folder after: npm install --no-save --ignore-scripts tokenizers@0.23.2
import fs from 'node:fs';
import { createRequire } from 'node:module';
const { Tokenizer } = createRequire(`${process.cwd()}/package.json`)('tokenizers');

const merges = 700;
const folder = 'fixtures/tokenizer';
const digits = { llama3: '\\p{N}{1,3}', qwen2: '\\p{N}' };
const pattern = (kind) => "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + digits[kind] + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const printable = (b) => (b >= 33 && b <= 126) || (b >= 161 && b !== 173);
let next = 256;
const alphabet = Array.from({ length: 256 }, (_, b) => String.fromCharCode(printable(b) ? b : next++));

function train(kind, lines) {
  // JavaScript needs the case-insensitive group spelled out.
  const split = new RegExp(pattern(kind).replace('(?i:', "(?:'S|'T|'RE|'VE|'M|'LL|'D|"), 'gu');
  const words = new Map();
  for (const piece of lines.flatMap((line) => line.match(split) ?? [])) {
    const symbols = [...Buffer.from(piece)].map((b) => alphabet[b]).join(' ');
    words.set(symbols, (words.get(symbols) ?? 0) + 1);
  }
  let counted = [...words].map(([word, count]) => [word.split(' '), count]);
  const vocabulary = [...alphabet].sort((a, b) => (a < b ? -1 : 1));
  const pairs = [];
  for (let i = 0; i < merges; i++) {
    const counts = new Map();
    for (const [symbols, count] of counted)
      for (let j = 0; j + 1 < symbols.length; j++) counts.set(`${symbols[j]} ${symbols[j + 1]}`, (counts.get(`${symbols[j]} ${symbols[j + 1]}`) ?? 0) + count);
    const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    const [left, right] = best.split(' ');
    pairs.push(best);
    vocabulary.push(left + right);
    counted = counted.map(([symbols, count]) => {
      const merged = [];
      for (let j = 0; j < symbols.length; j++) merged.push(symbols[j] === left && symbols[j + 1] === right ? left + symbols[++j] : symbols[j]);
      return [merged, count];
    });
  }
  return { vocabulary, pairs };
}

function describe(kind, { vocabulary, pairs }) {
  const llama = kind === 'llama3';
  // Whole words that no merge leads to, which only ignore_merges finds.
  if (llama) vocabulary.push('Ġuniversity', 'Ġmorning');
  const special = (id, content) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true });
  const begins = '<|begin_of_text|>';
  const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  const template = {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: begins, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { [begins]: { id: begins, ids: [vocabulary.length], tokens: [begins] } },
  };
  return {
    version: '1.0', truncation: null, padding: null,
    added_tokens: llama
      ? [special(vocabulary.length, begins), special(vocabulary.length + 1, '<|end_of_text|>')]
      : [special(vocabulary.length, '<|endoftext|>'), { ...special(vocabulary.length + 1, '<tool_call>'), special: false }],
    normalizer: llama ? null : { type: 'NFC' },
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: pattern(kind) }, behavior: 'Isolated', invert: false }, bytes] },
    post_processor: llama ? { type: 'Sequence', processors: [{ ...bytes, use_regex: true }, template] } : bytes,
    decoder: { ...bytes, use_regex: true },
    model: {
      type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: llama ? null : '', end_of_word_suffix: llama ? null : '', fuse_unk: false,
      byte_fallback: false, ignore_merges: llama, vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: llama ? pairs : pairs.map((pair) => pair.split(' ')),
    },
  };
}

const odd = [
  "It's what THEY'RE saying, we'LL see; I'd've, y'all don't ('tis) 'SO'", "'ſ 'K rock'n'roll", ' ', '   ', '\n', ' \n', '\r\n\r\n  x', 'a  b   c    d', 'tab\there\t\tand  there ',
  'trailing blanks   ', '   leading', 'one\n\n\ntwo\n three\n  four', '12345678901', '3.14159 and 1,000,000.00', '½ ² Ⅷ ٣٤٥ ५६७ 𝟙𝟚𝟛𝟜', '!!!???...,,,', ' !?\n\n', '—«»“”…',
  '😀', '😀abc', 'abc😀 def', '👩‍👩‍👧‍👦 family', '🇫🇷🇩🇪', 'I ❤️ U', '𠮷野家で', ' 𠮷', '𐐷𐐨𐐯 𐌰𐌱', '\u00a0nbsp\u2003em\u3000wide', 'zero\u200bwidth\u200d\u200cjoin', '\u0000\u001c\u007f',
  'cafe\u0301 nai\u0308ve', 'Tie\u0302\u0301ng Vie\u0323\u0302t', '\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165', '\u212b\u2126\u0958', 'q\u0307\u0323', '\u0bc6\u0bbe \u0d46\u0d3e', '한국어 토큰', '<|end_of_text|', 'x<tool_cal',
];
const texts = [...odd];
const training = [];
for (const language of fs.readdirSync('fixtures/corpora').sort()) {
  const lines = fs.readFileSync(`fixtures/corpora/${language}/test.txt`, 'utf8').split('\n').filter((line) => line.trim());
  training.push(...lines);
  texts.push(...lines.slice(0, 3));
}

const rows = texts.map((text) => ({ text }));
for (const kind of Object.keys(digits)) {
  const path = `${folder}/${kind}-style.json`;
  fs.writeFileSync(path, JSON.stringify(describe(kind, train(kind, training))) + '\n');
  const tokenizer = Tokenizer.fromFile(path);
  for (const row of rows) row[kind] = (await tokenizer.encode(row.text, null, { addSpecialTokens: false })).getIds().join(' ');
}
fs.writeFileSync(`${folder}/byte-level-ids.json`, '[\n' + rows.map((row) => JSON.stringify(row)).join(',\n') + '\n]\n');
