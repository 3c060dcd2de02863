import { useState } from 'react';
import { reasonOf, Refusal } from '../platform/http';
import { toast } from '../platform/toasts';

/** One save at a time; a refusal stands by its fields until the next try. */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      if (done) toast(done);
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    save,
    reason: problem === null ? null : reasonOf(problem),
    fields: (problem instanceof Refusal ? problem.fields : {}) as Record<string, string | undefined>,
  };
}
