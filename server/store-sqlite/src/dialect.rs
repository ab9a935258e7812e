//! What differs between the engines.
