"""The edge: guards, forms' ground, errors, paging, navigation. The only place besides views that knows Flask."""
