import { t } from '../../platform/i18n';

export interface Kind {
  id: string;
  name: string;
  issuer: string;
  /** What the issuer looks like there. */
  sample: string;
  /** What to do there, in the order in which it is asked. */
  steps: string[];
}

/** How the usual providers want it; what stands there by name is as their own pages write it. */
export const kinds = (): Kind[] => [
  {
    id: 'google',
    name: 'Google',
    issuer: 'https://accounts.google.com',
    sample: 'https://accounts.google.com',
    steps: [
      t('In the Google Cloud console open “APIs & Services”, “Credentials” and create an OAuth client id of the type “Web application”.'),
      t('Enter the address above under “Authorised redirect URIs”.'),
      t('On the consent screen choose “Internal”, so that only people of your Workspace can use it.'),
    ],
  },
  {
    id: 'entra',
    name: 'Microsoft Entra',
    issuer: '',
    sample: 'https://login.microsoftonline.com/TENANT-ID/v2.0',
    steps: [
      t('In the Entra admin center open “App registrations” and register an app for accounts in this directory only, with the address above as redirect URI of the type “Web”.'),
      t('Under “Certificates & secrets” make a client secret and enter its value, not its id. It runs out: note when.'),
      t('Under “Token configuration” add the optional claims “email” and, in the manifest, “xms_edov” to the ID token. Without the second, Entra does not say whose a mail address is, and each agent links their account themselves.'),
    ],
  },
  {
    id: 'keycloak',
    name: 'Keycloak',
    issuer: '',
    sample: 'https://keycloak.yourshop.example/realms/REALM',
    steps: [
      t('In your realm create a client of the type “OpenID Connect” with “Client authentication” on and only “Standard flow” enabled.'),
      t('Enter the address above under “Valid redirect URIs”; the secret is under “Credentials”.'),
      t('People need a verified mail address: “Email verified” in their account there.'),
    ],
  },
  {
    id: 'authentik',
    name: 'Authentik',
    issuer: '',
    sample: 'https://authentik.yourshop.example/application/o/shopbell/',
    steps: [
      t('Create an application with a provider of the type “OAuth2/OpenID”, client type “Confidential”.'),
      t('Enter the address above under “Redirect URIs”, as “Strict”, and choose a signing key: without one Authentik signs in a way that is not accepted.'),
      t('Its scope mapping for “email” must say that the address is verified; newer versions say no unless you change that.'),
    ],
  },
  {
    id: 'other',
    name: t('Another one'),
    issuer: '',
    sample: 'https://login.yourshop.example',
    steps: [
      t('Register a confidential client for the authorization code flow, with the address above as redirect URI.'),
      t('It must sign its ID tokens with a key of its own (RS256, PS256, ES256 or EdDSA) and say of a mail address whether it was verified.'),
    ],
  },
];
