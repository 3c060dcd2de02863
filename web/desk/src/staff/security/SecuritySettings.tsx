import { OwnProviders } from '../providers/OwnProviders';
import { Passkeys } from './Passkeys';
import { SecondStep } from './SecondStep';
import { Sessions } from './Sessions';

/** How one gets in, and where one is in. */
export function SecuritySettings() {
  return (
    <>
      <Passkeys />
      <SecondStep />
      <OwnProviders />
      <Sessions />
    </>
  );
}
