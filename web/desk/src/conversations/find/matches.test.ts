import { describe, expect, it } from 'vitest';
import type { Message } from '../../api/types';
import { hitsIn, placeOf, readText, spansOf } from './matches';

const body = (html: string) => new DOMParser().parseFromString(html, 'text/html').body;

describe('spansOf', () => {
  it('takesUpperAndLowerCaseAndAnySpaceForTheSame', () => {
    expect(spansOf('Your Parcel\u00a0Number, your\nparcel', 'your parcel')).toEqual([
      [0, 11],
      [20, 31],
    ]);
  });

  it('takesSignsForThemselves', () => {
    expect(spansOf('a.b (c) a+b', '(c)')).toEqual([[4, 7]]);
    expect(spansOf('aXb', 'a.b')).toEqual([]);
    expect(spansOf('anything', '  ')).toEqual([]);
  });

  it('findsInScriptsOfAllKinds', () => {
    expect(spansOf('طلبي رقم 42 لم يصل', 'رقم 42')).toHaveLength(1);
    expect(spansOf('😀😀 ja', '😀')).toHaveLength(2);
  });
});

describe('readText', () => {
  it('keepsBlocksApartAndLeavesOutWhatIsNotSeen', () => {
    const { text } = readText(body('<style>x</style><p>one</p><p>t<b>w</b>o</p>'));
    expect(spansOf(text, 'oneto')).toEqual([]);
    expect(spansOf(text, 'two')).toHaveLength(1);
    expect(spansOf(text, 'x')).toEqual([]);
  });

  it('leadsBackToTheNodes', () => {
    const read = readText(body('<p>one t<b>w</b>o three</p>'));
    const [start, end] = spansOf(read.text, 'two three')[0]!;
    expect(placeOf(read, start)).toEqual([read.runs[0]!.node, 4]);
    expect(placeOf(read, end - 1)).toEqual([read.runs[2]!.node, 6]);
  });
});

describe('hitsIn', () => {
  const mail = { id: 5, direction: 'inbound', html: null, text: 'Parcel?\n> Your parcel left.', ownText: 'Parcel?' } as unknown as Message;

  it('countsAlsoWhatIsFoldedAway', () => {
    const hits = hitsIn([mail], (text) => spansOf(text, 'parcel'));
    expect(hits).toHaveLength(2);
    expect(hits[0]?.folded).toBe(true);
    expect(hitsIn([mail], (text) => spansOf(text, '?')).map((hit) => hit.folded)).toEqual([false]);
  });
});
