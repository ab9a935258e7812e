"""ristretto255 (RFC 9496) and Ed25519 (RFC 8032), slowly and with nothing but integers."""

from hashlib import sha512

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def negative(x):
    return x % P & 1


def sqrt_ratio(u, v):
    """RFC 9496, section 4.2: whether u/v is a square, and its non-negative root."""
    r = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    correct, flipped, flipped_i = check == u % P, check == -u % P, check == -u * SQRT_M1 % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return correct or flipped, P - r if negative(r) else r


INVSQRT_A_MINUS_D = sqrt_ratio(1, (-1 - D) % P)[1]


class Point:
    """An element of edwards25519 in extended coordinates."""

    def __init__(self, x, y, z=1, t=None):
        self.x, self.y, self.z, self.t = x, y, z, x * y % P if t is None else t

    def __add__(self, other):
        a = (self.y - self.x) * (other.y - other.x) % P
        b = (self.y + self.x) * (other.y + other.x) % P
        c = 2 * D * self.t * other.t % P
        d = 2 * self.z * other.z % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def __neg__(self):
        return Point(-self.x % P, self.y, self.z, -self.t % P)

    def __sub__(self, other):
        return self + -other

    def __rmul__(self, n):
        total, step = ZERO, self
        for bit in bin(n % ORDER)[:1:-1]:
            if bit == "1":
                total = total + step
            step = step + step
        return total

    def __eq__(self, other):
        """Equality in ristretto255 (RFC 9496, section 4.3.3)."""
        return self.x * other.y % P == self.y * other.x % P or self.y * other.y % P == self.x * other.x % P

    def encode(self):
        """RFC 9496, section 4.3.2."""
        u1 = (self.z + self.y) * (self.z - self.y) % P
        u2 = self.x * self.y % P
        root = sqrt_ratio(1, u1 * u2 * u2)[1]
        d1, d2 = root * u1 % P, root * u2 % P
        inverse = d1 * d2 * self.t % P
        x, y, d = self.x, self.y, d2
        if negative(self.t * inverse):
            x, y, d = self.y * SQRT_M1 % P, self.x * SQRT_M1 % P, d1 * INVSQRT_A_MINUS_D % P
        if negative(x * inverse):
            y = -y
        s = d * (self.z - y) % P
        return (P - s if negative(s) else s).to_bytes(32, "little")


ZERO = Point(0, 1)


def decode(data):
    """RFC 9496, section 4.3.1. None for what it refuses."""
    s = int.from_bytes(data, "little")
    if len(data) != 32 or s >= P or negative(s):
        return None
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, inverse = sqrt_ratio(1, v * u2 * u2)
    dx = inverse * u2 % P
    dy = inverse * dx * v % P
    x = 2 * s * dx % P
    x = P - x if negative(x) else x
    y = u1 * dy % P
    if not square or negative(x * y) or y == 0:
        return None
    return Point(x, y)


BASE = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))


def scalar(data):
    """A canonical scalar, or None."""
    n = int.from_bytes(data, "little")
    return n if len(data) == 32 and n < ORDER else None


def edwards(data):
    """RFC 8032, section 5.1.3. None for what it refuses."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if len(data) != 32 or y >= P:
        return None
    square, x = sqrt_ratio(y * y - 1, D * y * y + 1)
    if not square or (x == 0 and sign):
        return None
    return Point(P - x if sign != negative(x) else x, y)


def same_edwards(a, b):
    return (a.x * b.z - b.x * a.z) % P == 0 and (a.y * b.z - b.y * a.z) % P == 0


def small_order(point):
    for _ in range(3):
        point = point + point
    return same_edwards(point, ZERO)


ED_BASE = edwards((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verify(key, message, signature):
    """Strict, without cofactor."""
    a, r, s = edwards(key), edwards(signature[:32]), scalar(signature[32:])
    if a is None or r is None or s is None or small_order(a) or small_order(r):
        return False
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same_edwards(s * ED_BASE, r + k * a)


def ed25519_encode(point):
    inverse = pow(point.z, -1, P)
    return (point.y * inverse % P | (negative(point.x * inverse) << 255)).to_bytes(32, "little")


def ed25519_expand(secret):
    """RFC 8032, section 5.1.5: the scalar, which is not reduced, and the prefix."""
    h = bytearray(sha512(secret).digest())
    h[0] &= 248
    h[31] = h[31] & 127 | 64
    return int.from_bytes(h[:32], "little"), bytes(h[32:])


def ed25519_public(secret):
    # B has prime order: its multiples do not notice the reduction.
    return ed25519_encode(ed25519_expand(secret)[0] * ED_BASE)


def ed25519_sign(secret, message):
    n, prefix = ed25519_expand(secret)
    r = int.from_bytes(sha512(prefix + message).digest(), "little") % ORDER
    start = ed25519_encode(r * ED_BASE)
    k = int.from_bytes(sha512(start + ed25519_public(secret) + message).digest(), "little") % ORDER
    return start + ((r + k * n) % ORDER).to_bytes(32, "little")
