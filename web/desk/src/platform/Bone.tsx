/** A placeholder with the final shape, so that nothing jumps once the words arrive. */
export function Bone({ width, height = 12, round }: { width: number | string; height?: number; round?: boolean }) {
  return <span className="bone" aria-hidden style={{ width, height, borderRadius: round ? '50%' : undefined }} />;
}
