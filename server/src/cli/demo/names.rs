//! Chinese names by generation, for people who do not exist.

/// Surnames, the common ones repeated so that they come up as often as they do.
pub(super) const SURNAMES: &str = "王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨黄黄赵赵赵吴吴周周徐徐孙孙马马朱胡郭何林高罗郑梁谢\
    宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛段雷侯陶黎贺顾毛郝龚邵万钱严戴孔汤";

/// Given names of those born before 1958, in 1958–1977, in 1978–1996, and later: women, men.
pub(super) const GIVEN: [[&str; 2]; 4] = [
    [
        "秀英 桂英 玉兰 秀兰 桂兰 玉珍 凤英 淑珍 玉梅 秀珍 素珍 桂芳 淑芬 金凤 翠英 惠兰 菊香 月娥 雪梅 文英",
        "建国 国强 德明 永福 国华 振华 志明 文彬 长林 福生 德胜 荣华 金水 家明 宝林 庆和 世昌 光明 树林 兴旺",
    ],
    [
        "丽华 红梅 建华 玉华 秀梅 美玲 小红 丽萍 春梅 海燕 晓红 爱华 桂花 素琴 玉霞 冬梅 彩霞 云芳 慧敏 志红",
        "建军 志强 卫东 国平 海涛 新民 立新 建平 永红 少华 小平 春生 正义 文革 俊峰 向东 学军 明辉 建华 保国",
    ],
    [
        "静 丽 敏 艳 芳 娟 霞 婷 雪 莉 颖 倩 燕 玲 琳 晶 洁 佳 丹 薇 晓燕 丽娜 文静 雅丽 海霞 婷婷 晓雯 思敏",
        "伟 磊 勇 涛 超 军 杰 鹏 斌 波 凯 亮 明 强 飞 辉 健 鑫 俊 浩 志伟 海波 文杰 晓东 建峰 宇航 国栋 明远",
    ],
    [
        "欣怡 雨桐 梓涵 一诺 诗涵 可馨 语桐 若曦 思彤 雅萱 佳琪 静怡 子涵 依诺 梦瑶 书瑶 芷若 安然 念慈 夏沫",
        "浩然 子轩 宇轩 浩宇 俊熙 梓睿 一鸣 博文 天佑 嘉懿 煜城 子墨 思远 奕辰 承泽 明轩 睿哲 沐阳 君昊 星宇",
    ],
];

/// Which row of [`GIVEN`] a year of birth takes.
pub(super) const fn generation(year: i32) -> usize {
    match year {
        ..1958 => 0,
        1958..1978 => 1,
        1978..1997 => 2,
        _ => 3,
    }
}
