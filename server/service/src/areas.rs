//! The tree of areas, and what the place calls itself.

use crate::{Caller, Result, Service, ops::ROOT, policy::Action, text};
use std::collections::BTreeMap;
use store::{Area, StoreError};
use types::{
    ErrorCode, Problem,
    ids::{AccountId, AreaId},
    roll::{AreaKind, AreaView, NewArea},
};

/// Areas in one answer; a city's areas without buildings are fewer.
const MOST: i64 = 5000;
/// How long the place's name is remembered.
const PLACE_MS: i64 = 30_000;

/// What the installation calls itself: the topmost area that is not the only one of its level, or the last one if all are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its name; empty before the first area is made.
    pub name: String,
    /// The names above it, from the top.
    pub above: Vec<String>,
    /// Households on its roll.
    pub households: u32,
    /// Everybody in it is invented.
    pub demonstration: bool,
}

impl Service {
    /// The place, remembered for half a minute.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn place(&self) -> Result<Place> {
        let now = self.now();
        let known = self.0.place.lock().ok().and_then(|place| place.clone());
        if let Some((at, place)) = known
            && (0..PLACE_MS).contains(&now.since(at))
        {
            return Ok(place);
        }
        let place = self.find_place().await?;
        if let Ok(mut known) = self.0.place.lock() {
            *known = Some((now, place.clone()));
        }
        Ok(place)
    }

    async fn find_place(&self) -> Result<Place> {
        let areas = self.store().areas_below("/", false, MOST).await?;
        let mut chain: Vec<&Area> = Vec::new();
        loop {
            let parent = chain.last().map(|area| area.id);
            let mut below = areas.iter().filter(|area| area.parent == parent);
            match (below.next(), below.next()) {
                (Some(only), None) => chain.push(only),
                _ => break,
            }
        }
        let demonstration = self.is_demonstration().await?;
        let Some((last, above)) = chain.split_last() else { return Ok(Place { demonstration, ..Place::default() }) };
        let counts = self.store().roll_counts(&last.path, self.now()).await?;
        let above = above.iter().map(|area| area.name.clone()).collect();
        Ok(Place { name: last.name.clone(), above, households: counts.households, demonstration })
    }

    /// Lets [`Self::place`] look again.
    pub(crate) fn forget_place(&self) {
        if let Ok(mut known) = self.0.place.lock() {
            *known = None;
        }
    }

    /// Every area but buildings, and the buildings in the caller's charge; in tree order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn areas(&self, caller: &Caller) -> Result<Vec<AreaView>> {
        let mut areas: BTreeMap<String, Area> = BTreeMap::new();
        for area in self.store().areas_below("/", false, MOST).await? {
            areas.insert(area.path.clone(), area);
        }
        for (_, path) in self.actor(caller).await?.grants {
            for area in self.store().areas_below(&path, true, MOST).await? {
                areas.insert(area.path.clone(), area);
            }
        }
        Ok(areas.into_values().map(view).collect())
    }

    /// The areas the caller's roles are for; for who runs the installation, the tops of the tree.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_areas(&self, caller: &Caller) -> Result<Vec<AreaView>> {
        let account = self.signed_in(caller)?;
        let mut areas: BTreeMap<String, Area> = BTreeMap::new();
        for grant in self.store().roles_of(account).await? {
            if grant.area == ROOT {
                let tops =
                    self.store().areas_below("/", false, MOST).await?.into_iter().filter(|area| area.parent.is_none());
                areas.extend(tops.map(|area| (area.path.clone(), area)));
            } else if let Some(area) = self.store().area(grant.area).await? {
                areas.insert(area.path.clone(), area);
            }
        }
        Ok(areas.into_values().map(view).collect())
    }

    /// Makes an area.
    ///
    /// # Errors
    /// `Invalid` with the field; what the policy says.
    pub async fn create_area(&self, caller: &Caller, form: NewArea) -> Result<AreaView> {
        let parent = self.parent_of(&form).await?;
        let account = self.allowed(caller, Action::CreateArea, &parent.path).await?;
        self.add_area(Some(account), &parent, form).await
    }

    /// The same from the server's command line: the audit log names no account. Never for a page.
    ///
    /// # Errors
    /// `Invalid` with the field; `NotFound` for a parent that there is not.
    pub async fn create_area_on_server(&self, form: NewArea) -> Result<AreaView> {
        let parent = self.parent_of(&form).await?;
        self.add_area(None, &parent, form).await
    }

    async fn parent_of(&self, form: &NewArea) -> Result<Area> {
        match form.parent {
            Some(parent) => {
                Ok(self.store().area(parent).await?.filter(|area| area.id != ROOT).ok_or(ErrorCode::NotFound)?)
            }
            None => Ok(self.store().area(ROOT).await?.ok_or(ErrorCode::Internal)?),
        }
    }

    async fn add_area(&self, by: Option<AccountId>, parent: &Area, form: NewArea) -> Result<AreaView> {
        let name = text::clean(&form.name);
        if !(1..=60).contains(&name.chars().count()) {
            return Err(Problem::field("name", "length"));
        }
        if form.parent.is_some() && form.kind <= parent.kind {
            return Err(Problem::field("kind", "kind_not_below"));
        }
        let id = AreaId(self.new_id());
        let area = Area {
            id,
            parent: form.parent,
            kind: form.kind,
            name_key: if form.kind == AreaKind::Building { text::place_key(&name) } else { text::name_key(&name) },
            name,
            path: format!("{}{id}/", parent.path),
            depth: parent.depth + 1,
        };
        let entry = self.entry(by, "create-area", &format!("area:{id}"), Some(id));
        self.store().create_area(&area, &entry).await.map_err(|error| match error {
            StoreError::Conflict(name) if name == "areas_name" || name == "areas_top_name" => {
                Problem::field("name", "taken")
            }
            other => other.into(),
        })?;
        self.forget_place();
        Ok(view(area))
    }
}

pub(crate) fn view(area: Area) -> AreaView {
    AreaView {
        id: area.id,
        parent: area.parent,
        kind: area.kind,
        name: area.name,
        depth: u32::try_from(area.depth).unwrap_or(0),
    }
}
