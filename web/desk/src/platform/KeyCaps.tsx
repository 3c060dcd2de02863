import { printed } from './keyboard';
import { keyFor, ownKeys } from './keymap';

/** The key as it is printed: the agent's own one for what the given one usually does. */
export function KeyCaps({ chord }: { chord: string }) {
  const own = keyFor(chord, ownKeys.use());
  return own === null ? null : <Caps chord={own} />;
}

/** Exactly this key. */
export function Caps({ chord }: { chord: string }) {
  return (
    <span className="keys">
      {printed(chord).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}
