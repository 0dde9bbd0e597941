"""The curators' screens, one module per screen. `screens` registers them; importing this package alone does nothing."""
