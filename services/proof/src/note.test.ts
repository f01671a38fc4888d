import { describe, expect, it } from '@jest/globals';
import {
  formatVerifierKey,
  generateNoteSigner,
  noteSignerFromPem,
  openNote,
  parseVerifierKey,
  signNote,
} from './note.js';
import { generateSigningKey } from './signature.js';

// The example of the C2SP signed-note specification.
const publishedKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const publishedNote =
  'This is an example message.\n\n' +
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

const [ada, ben] = [generateNoteSigner('ada.example/log'), generateNoteSigner('ben.example/witness')];
const failing = (code: string): unknown => expect.objectContaining({ code });

describe('openNote', () => {
  it('opens the published example', () => {
    const opened = openNote(publishedNote, [parseVerifierKey(publishedKey)]);
    expect(opened.text).toBe('This is an example message.\n');
    expect(opened.signedBy.map(({ name }) => name)).toEqual(['example.com/foo']);
    expect(formatVerifierKey(parseVerifierKey(publishedKey))).toBe(publishedKey);
  });

  it('refuses a changed text', () => {
    expect(() =>
      openNote(publishedNote.replace('an example', 'no example'), [parseVerifierKey(publishedKey)]),
    ).toThrow(failing('NOTE_SIGNATURE'));
  });

  it('ignores signatures by unknown keys and asks for a known one', () => {
    const note = signNote('text\n\nwith an empty line\n', ada, ben);
    expect(openNote(note, [ben]).signedBy).toEqual([ben]);
    expect(openNote(note, [ada, ben]).signedBy).toHaveLength(2);
    expect(openNote(note, [ada]).text).toBe('text\n\nwith an empty line\n');
    expect(() => openNote(note, [generateNoteSigner('ada.example/log')])).toThrow(failing('NOTE_SIGNATURE'));
    expect(() => openNote(note, [])).toThrow(failing('NOTE_SIGNATURE'));
  });

  it('refuses the whole note where one known key fails', () => {
    const [, , adaLine] = signNote('one\n', ada).split('\n');
    const note = `${signNote('two\n', ben)}${adaLine}\n`;
    expect(openNote(note, [ben]).text).toBe('two\n');
    expect(() => openNote(note, [ada, ben])).toThrow(failing('NOTE_SIGNATURE'));
  });

  it.each<[string, (note: string) => string]>([
    ['no signatures', (note) => note.slice(0, note.indexOf('—'))],
    ['no empty line', (note) => note.replace('\n\n', '\n')],
    ['no last newline', (note) => note.slice(0, -1)],
    ['a carriage return', (note) => note.replace('text', 'te\rxt')],
    ['a hyphen for the dash', (note) => note.replace('—', '-')],
    ['spaces in the name', (note) => note.replace('ada.example/log', 'ada example')],
    ['a plus in the name', (note) => note.replace('ada.example/log', 'ada+example')],
    ['base64 without padding', (note) => note.replace('=\n', '\n')],
    ['a signature without bytes', (note) => note.replace(/ [^ ]+\n$/, ' AAAAAA==\n')],
    ['too many signatures', (note) => note + note.slice(note.indexOf('—')).repeat(64)],
    ['too many bytes', (note) => 'x'.repeat(70_000) + note],
    ['lone surrogates', (note) => `\ud800${note}`],
    ['nothing', () => ''],
  ])('refuses a note with %s', (_, change) => {
    const note = signNote('text\n', ada);
    expect(change(note)).not.toBe(note);
    expect(() => openNote(change(note), [ada])).toThrow(failing('NOTE_MALFORMED'));
  });
});

describe('signNote', () => {
  it.each(['no newline', 'tab\t\n', ''])('refuses the text %j', (text) => {
    expect(() => signNote(text, ada)).toThrow(failing('NOTE_MALFORMED'));
  });
});

describe('parseVerifierKey', () => {
  it.each([
    ['another key id', publishedKey.replace('530d903a', '530d903b')],
    ['another name', publishedKey.replace('foo', 'bar')],
    ['another type', 'example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
    ['a short key', 'example.com/foo+530d903a+Aeky'],
    ['no name', publishedKey.replace('example.com/foo', '')],
    ['nothing', ''],
  ])('refuses %s', (_, vkey) => {
    expect(() => parseVerifierKey(vkey)).toThrow(failing('KEY_INVALID'));
  });
});

describe('noteSignerFromPem', () => {
  it('gives the same key back, and refuses other kinds', () => {
    expect(noteSignerFromPem(ada.name, ada.privateKeyPem).keyId).toBe(ada.keyId);
    expect(noteSignerFromPem('other.example', ada.privateKeyPem).keyId).not.toBe(ada.keyId);
    for (const pem of [generateSigningKey().privateKeyPem, '']) {
      expect(() => noteSignerFromPem('a', pem)).toThrow(failing('KEY_INVALID'));
    }
    expect(() => generateNoteSigner('a b')).toThrow(failing('KEY_INVALID'));
  });
});
