import { printed } from './keyboard';

export function KeyCaps({ chord }: { chord: string }) {
  return (
    <span className="keys">
      {printed(chord).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}
