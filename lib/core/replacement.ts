/**
 * Lifecycle of an IAM member. Terraform replaces a member when its principal changes. With this lifecycle the new
 * principal has the role before the old one loses it. The resources that a member depends on inherit the order.
 */
export const CREATE_BEFORE_DESTROY = { createBeforeDestroy: true } as const;
