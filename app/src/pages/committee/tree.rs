//! Parts of the tree of areas, on the server.

use types::{
    ids::AreaId,
    roll::{AreaKind, AreaView},
};

/// `area` and everything below it, in the tree's order.
pub(super) fn within(areas: Vec<AreaView>, area: AreaId) -> Vec<AreaView> {
    let mut inside = vec![area];
    areas
        .into_iter()
        .filter(|one| {
            let below = one.parent.is_some_and(|parent| inside.contains(&parent));
            if below {
                inside.push(one.id);
            }
            below || one.id == area
        })
        .collect()
}

/// The buildings in `area`.
pub(super) fn buildings(areas: Vec<AreaView>, area: AreaId) -> Vec<AreaView> {
    let mut buildings = within(areas, area);
    buildings.retain(|one| one.kind == AreaKind::Building);
    buildings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(n: u8, parent: Option<u8>, kind: AreaKind) -> AreaView {
        let id = |n| AreaId([n; 16]);
        AreaView { id: id(n), parent: parent.map(id), kind, name: n.to_string(), depth: 0 }
    }

    #[test]
    fn only_what_lies_below_an_area_is_within_it() {
        let tree = vec![
            area(1, None, AreaKind::Community),
            area(2, Some(1), AreaKind::Estate),
            area(3, Some(2), AreaKind::Building),
            area(4, Some(1), AreaKind::Estate),
            area(5, Some(4), AreaKind::Building),
        ];
        let names = |areas: Vec<AreaView>| areas.into_iter().map(|area| area.name).collect::<Vec<_>>();
        assert_eq!(names(within(tree.clone(), AreaId([2; 16]))), ["2", "3"]);
        assert_eq!(names(buildings(tree, AreaId([1; 16]))), ["3", "5"]);
    }
}
