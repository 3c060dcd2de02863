package dev.shopbell.staff;

/** What somebody gets in by. */
public enum SignInMethod {
  password,
  app,
  passkey,
  recoveryCode,
  provider
}
