//! Engines that cross: loaded once, immutable, shareable between threads.
