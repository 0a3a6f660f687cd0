/**
 * Whether the browser trusts the origin of this page: https, or this machine itself. Elsewhere it gives no service
 * worker, no locks, no position, no camera and no promise to keep what is stored.
 */
export const isSecurePage = (): boolean => window.isSecureContext;
