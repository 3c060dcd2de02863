const TRIES = 8;
const LONGEST_WAIT_MS = 8_000;

/** Loads a part of the desk, trying again while the line is down. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load();
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT_MS, 250 * 2 ** attempt)));
    }
  }
}

/** The page is older than the server: the part it asks for is no longer there. */
export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|preload CSS|module script failed/i.test(error.message);
}
