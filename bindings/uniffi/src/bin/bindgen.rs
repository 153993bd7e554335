//! Writes the low-level Kotlin from the built library:
//! `crm-jvm-bindgen generate --language kotlin --no-format --out-dir DIR LIBRARY`.

fn main() {
    uniffi::uniffi_bindgen_main();
}
