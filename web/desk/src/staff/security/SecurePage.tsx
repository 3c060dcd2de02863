import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Bone } from '../../platform/Bone';
import '../../platform/mantine-forms.css';
import { t, useLanguage } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Trouble } from '../../platform/Trouble';
import { Doorway } from '../Doorway';
import { signOut } from '../session';
import { AppSetup } from './AppSetup';
import { Confirmed } from './Confirmed';
import { ownSignInQuery } from './queries';

/** Where whoever has to have a second step and has none is led after signing in. */
export function SecurePage() {
  useLanguage();
  const router = useRouter();
  const queryClient = useQueryClient();
  const own = useQuery(ownSignInQuery);
  const done = () => {
    queryClient.removeQueries({ queryKey: keys.session });
    router.history.replace('/');
  };
  return (
    <Doorway title={t('One more thing')} documentTitle={t('Second step')} lead={t('Your desk asks everyone in your role for a second step. It takes a minute, and a phone.')}>
      {own.isError ? (
        <Trouble error={own.error} what={t('how you sign in')} retry={() => void own.refetch()} />
      ) : own.data ? (
        <Confirmed>
          <AppSetup done={done} />
        </Confirmed>
      ) : (
        <Bone width="100%" height={200} />
      )}
      <Button variant="subtle" fullWidth mt={16} onClick={() => void signOut()}>
        {t('Sign out')}
      </Button>
    </Doorway>
  );
}
