"""SHA-256 (FIPS 180-4) on arrays of bytes, for the many pairs whose fits are equal."""

# The first 32 bits of the fractional parts of the square and the cube roots of the first primes.
FIRST = (
    0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
)  # fmt: skip
ROUND = (
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
)  # fmt: skip
BYTES_32 = 0xFFFFFFFF


def word(number):
    """The last 32 bits of a number. (Compiled, this is a change of type: see `machine`.)"""
    return number & BYTES_32


def turned(bits, by):
    """A word turned right by `by` bits."""
    return word((bits >> by) | (bits << (32 - by)))


def stirred(message, start, state, schedule, constants):
    """Stirs the 64 bytes of `message` from `start` into the 8 words of `state`."""
    for at in range(16):
        here = start + 4 * at
        high = message[here] << 24 | message[here + 1] << 16
        schedule[at] = word(high | message[here + 2] << 8 | message[here + 3])
    for at in range(16, 64):
        early, late = schedule[at - 15], schedule[at - 2]
        one = turned(early, 7) ^ turned(early, 18) ^ word(early >> 3)
        two = turned(late, 17) ^ turned(late, 19) ^ word(late >> 10)
        schedule[at] = word(schedule[at - 16] + one + schedule[at - 7] + two)
    a, b, c, d = state[0], state[1], state[2], state[3]
    e, f, g, h = state[4], state[5], state[6], state[7]
    for at in range(64):
        choice = g ^ (e & (f ^ g))
        mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
        one = word(h + mixed + choice + constants[at] + schedule[at])
        two = word((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c)))
        h, g, f, e = g, f, e, word(d + one)
        d, c, b, a = c, b, a, word(one + two)
    state[0] = word(state[0] + a)
    state[1] = word(state[1] + b)
    state[2] = word(state[2] + c)
    state[3] = word(state[3] + d)
    state[4] = word(state[4] + e)
    state[5] = word(state[5] + f)
    state[6] = word(state[6] + g)
    state[7] = word(state[7] + h)


def pair_hash(order, scratch, a, b):
    """The first 62 bits of the SHA-256 of "seed|a|b", with the refs of the two, a before b."""
    message = scratch.message
    size = 0
    for at in range(len(order.salt)):
        message[size] = order.salt[at]
        size += 1
    for person in (a, b):
        message[size] = 124  # a bar
        size += 1
        for at in range(order.ref_at[person], order.ref_at[person + 1]):
            message[size] = order.refs[at]
            size += 1
    blocks = (size + 9 + 63) // 64
    message[size] = 128
    for at in range(size + 1, blocks * 64 - 8):
        message[at] = 0
    bits = size * 8
    for at in range(8):
        message[blocks * 64 - 1 - at] = (bits >> (8 * at)) & 255
    for at in range(8):
        scratch.state[at] = scratch.constants[64 + at]
    for block in range(blocks):
        stirred(message, block * 64, scratch.state, scratch.schedule, scratch.constants)
    return (scratch.state[0] + 0) * (1 << 30) + scratch.state[1] // 4
