//! In the browser: its own parser reads the text, and serde takes our types out of what it made.
//!
//! Small is the point. Fields and variants are told apart by their place in the type's list, not by comparing names again,
//! and an error has no text; so what serde derives shrinks to what is used. Two things follow. A type on the wire may not
//! have aliases (they would shift the places). And numbers are exact up to 2^53, as everywhere in a browser.

use super::Unreadable;
use js_sys::{Array, JSON, Object, Reflect};
use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
        VariantAccess, Visitor, value::U64Deserializer,
    },
    forward_to_deserialize_any,
};
use wasm_bindgen::{JsCast as _, JsValue};

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(Value(JSON::parse(text).map_err(|_| Unreadable)?))
}

/// The largest whole number below which every whole number has a value of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value that the browser parsed.
struct Value(JsValue);

impl Value {
    fn text(&self) -> Result<String, Unreadable> {
        self.0.as_string().ok_or(Unreadable)
    }

    fn whole(&self) -> Result<i64, Unreadable> {
        let number = self.0.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < EXACT).ok_or(Unreadable)?;
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within what an f64 holds exactly")]
        Ok(number as i64)
    }

    fn items(&self) -> Result<Items, Unreadable> {
        let array: &Array = self.0.dyn_ref().ok_or(Unreadable)?;
        Ok(Items { array: array.clone(), next: 0 })
    }

    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    fn is_object(&self) -> bool {
        self.0.is_object() && !Array::is_array(&self.0)
    }
}

/// Kinds that are read as another: one width of whole numbers serves all, serde checks the range.
macro_rules! as_another {
    ($($this:ident = $other:ident),+) => {
        $(fn $this<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            self.$other(visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unreadable;

    /// For what must be read before its type is known: the content of a tagged enum.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(yes) = self.0.as_bool() {
            visitor.visit_bool(yes)
        } else if let Ok(number) = self.whole() {
            visitor.visit_i64(number)
        } else if let Ok(text) = self.text() {
            visitor.visit_string(text)
        } else if let Ok(items) = self.items() {
            visitor.visit_seq(items)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.whole()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.is_nothing() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if !self.is_object() {
            return Err(Unreadable);
        }
        let entries = Object::entries(self.0.unchecked_ref());
        visitor.visit_map(Entries { entries, next: 0, value: JsValue::UNDEFINED })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if !self.is_object() {
            return Err(Unreadable);
        }
        visitor.visit_map(Fields { object: self.0, fields, next: 0, value: JsValue::UNDEFINED })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(Variant::of(&self, variants)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    as_another! {
        deserialize_i8 = deserialize_i64, deserialize_i16 = deserialize_i64, deserialize_i32 = deserialize_i64,
        deserialize_u8 = deserialize_i64, deserialize_u16 = deserialize_i64, deserialize_u32 = deserialize_i64,
        deserialize_u64 = deserialize_i64, deserialize_str = deserialize_string,
        deserialize_identifier = deserialize_string
    }

    forward_to_deserialize_any! { i128 u128 f32 char bytes byte_buf unit_struct tuple_struct }
}

/// The items of an array.
struct Items {
    array: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if self.next >= self.array.length() {
            return Ok(None);
        }
        let item = self.array.get(self.next);
        self.next += 1;
        seed.deserialize(Value(item)).map(Some)
    }
}

/// The fields of a struct, by their place in its list.
struct Fields {
    object: JsValue,
    fields: &'static [&'static str],
    next: usize,
    value: JsValue,
}

impl Fields {
    /// The next field that is there.
    fn advance(&mut self) -> Option<u64> {
        while let Some(name) = self.fields.get(self.next) {
            self.value = Reflect::get(&self.object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
            self.next += 1;
            if !self.value.is_undefined() {
                return u64::try_from(self.next - 1).ok();
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        self.advance().map(|place| seed.deserialize(place_in_list(place))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Value(self.value.clone()))
    }
}

/// The entries of an object whose keys are data.
struct Entries {
    entries: Array,
    next: u32,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.next >= self.entries.length() {
            return Ok(None);
        }
        let entry: Array = self.entries.get(self.next).unchecked_into();
        self.next += 1;
        self.value = entry.get(1);
        seed.deserialize(Value(entry.get(0))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Value(self.value.clone()))
    }
}

/// A variant by its place in the enum's list, and what it holds.
struct Variant {
    place: u64,
    content: JsValue,
}

impl Variant {
    /// A text is a variant that holds nothing; an object with one key names the variant and holds its content.
    fn of(value: &Value, variants: &[&str]) -> Result<Self, Unreadable> {
        let (name, content) = match value.0.as_string() {
            Some(name) => (name, JsValue::UNDEFINED),
            None if value.is_object() => {
                let entry: Array =
                    Object::entries(value.0.unchecked_ref()).get(0).dyn_into().map_err(|_| Unreadable)?;
                (entry.get(0).as_string().ok_or(Unreadable)?, entry.get(1))
            }
            None => return Err(Unreadable),
        };
        let place = variants.iter().position(|variant| *variant == name).ok_or(Unreadable)?;
        Ok(Self { place: u64::try_from(place).map_err(|_| Unreadable)?, content })
    }
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Value;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Value), Unreadable> {
        Ok((seed.deserialize(place_in_list(self.place))?, Value(self.content)))
    }
}

impl<'de> VariantAccess<'de> for Value {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_struct("", fields, visitor)
    }
}

fn place_in_list(place: u64) -> U64Deserializer<Unreadable> {
    place.into_deserializer()
}

#[cfg(test)]
mod tests {
    use super::{Unreadable, read};
    use serde::{Deserialize, de::DeserializeOwned};
    use std::{collections::BTreeMap, fmt::Debug};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole {
        text: String,
        small: u8,
        large: u64,
        below: i64,
        half: f64,
        yes: bool,
        maybe: Option<u32>,
        absent: Option<String>,
        #[serde(default)]
        preset: Vec<u16>,
        pair: (u8, String),
        named: BTreeMap<String, u32>,
        kind: Vec<Kind>,
        tagged: Vec<Tagged>,
        inner: Inner,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner(u32);

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Plain,
        Holds(u32),
        Two(u32, String),
        Fields { first_one: bool },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case", tag = "mode")]
    enum Tagged {
        Nothing,
        Some { k: u8, list: Vec<i64> },
    }

    const WHOLE: &str = r#"{"inner":7,"unknown":[{"a":null}],"text":"语\n\"x\"","small":255,"large":9007199254740991,
        "below":-5,"half":0.5,"yes":true,"maybe":null,"pair":[1,"b"],"named":{"x":1,"y":2},
        "kind":["plain",{"holds":3},{"two":[4,"z"]},{"fields":{"first_one":false}}],
        "tagged":[{"mode":"nothing"},{"k":2,"mode":"some","list":[1,-1]}]}"#;

    fn same<T: DeserializeOwned + PartialEq + Debug>(text: &str) {
        assert_eq!(read::<T>(text).ok(), serde_json::from_str::<T>(text).ok(), "{text}");
    }

    #[wasm_bindgen_test]
    fn every_shape_is_read_as_serde_json_reads_it() {
        assert!(read::<Whole>(WHOLE).is_ok());
        same::<Whole>(WHOLE);
        for text in ["\"plain\"", "{\"plain\":null}", "{\"holds\":1}", "\"unknown\"", "{}", "[]", "3"] {
            same::<Kind>(text);
        }
        for text in ["0", "255", "256", "-1", "0.5", "null", "\"1\"", "[]", "true", ""] {
            same::<u8>(text);
        }
        for text in ["[]", "[1]", "[1,2", "[null]", "{}", "null"] {
            same::<Vec<u32>>(text);
        }
    }

    #[wasm_bindgen_test]
    fn what_a_browser_cannot_hold_exactly_is_refused_and_not_rounded() {
        assert_eq!(read::<u64>("9007199254740993"), Err(Unreadable));
        assert_eq!(read::<u64>("9007199254740991"), Ok(9_007_199_254_740_991));
    }
}
