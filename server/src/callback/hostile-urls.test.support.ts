/** Hosts that lead inside, in every way of writing them that a URL parser knows. */
const hosts = [
  // IPv4, in every way of writing it that a URL parser knows
  `
    127.0.0.1 127.1 127.0.1 127.255.255.254 0 0.0.0.0 0x0 00 0x7f000001 0x7f.1 0x7F.0.0.1 0x7f.0x0.0x0.0x1
    2130706433 017700000001 0177.1 0177.0.0.1 0177.0.0.01 127.0.0.1. 127.1. 127.0.0.0x1 127.0x0.1
    %31%32%37.0.0.1 127.0.0.%31 １２７.０.０.１ 127。0。0。1 127．0．0．1 ①②⑦.⓪.⓪.① ①27.0.0.1 127%2e0%2e0%2e1
    127\u00ad.0.0.1
  `,
  // other blocks of IPv4
  `
    10.0.0.1 10.255.255.255 0xa.1 167772161 100.64.0.1 100.127.255.255 169.254.169.254 0xa9fea9fe 2852039166
    0251.0376.0251.0376 169.254.1 172.16.0.1 172.31.255.255 172.20.1 192.168.0.1 192.168.1 3232235521
    192.0.0.1 192.0.0.170 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 0xffffffff
    4294967295 0.1.2.3 0300.0250.0.1
  `,
  // IPv6: local, mapped, compatible, translated, tunnelled, special
  `
    [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:127.0.0.1]
    [0:0:0:0:0:ffff:127.0.0.1] [::ffff:0:127.0.0.1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::127.0.0.1]
    [::7f00:1] [::10.0.0.1] [::a9fe:a9fe] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::8.8.8.8]
    [64:ff9b:1::1] [2002:7f00:1::] [2002:a00:1::1] [2002:a9fe:a9fe::] [2001::1] [2001:0:7f00:1::]
    [2001:db8::1] [2001:10::1] [2001:20::1] [2001:2::1] [2620:4f:8000::1] [3fff::1] [5f00::1] [100::1]
    [fc00::1] [fd00::1] [fd00:ec2::254] [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff05::1:3] [::ffff:0.0.0.0]
    [4000::1] [8000::1] [::2]
  `,
].flatMap((group) => group.trim().split(/\s+/))

const wholeUrls = [
  'https://127.0.0.1:PORT/',
  'HTTP://127.0.0.1:PORT/',
  'http:127.0.0.1:PORT/',
  'http:/127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  ' http://127.0.0.1:PORT/',
  'http://\t127.0.0.1:PORT/',
  'http://127.0.0.1\\@8.8.8.8:PORT/',
  'http://user@127.0.0.1:PORT/',
  'http://8.8.8.8@127.0.0.1:PORT/',
  'http://8.8.8.8:80@127.0.0.1:PORT/',
  'http://8.8.8.8%00@127.0.0.1:PORT/',
  'http://a:b@8.8.8.8:PORT/',
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/_x',
  'data:text/plain,x',
  'javascript:1',
  'ws://127.0.0.1:PORT/',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun/',
  '//127.0.0.1:PORT/',
  '/127.0.0.1',
  '127.0.0.1:PORT',
  'localhost:PORT',
  '',
  'http://',
  'http://[::1',
  'http://::1:PORT/',
  'http://[fe80::1%25eth0]:PORT/',
  'http://[fe80::1%eth0]:PORT/',
  'http://127.0.0.1:PORT:80/',
  'http://127.0.0.1:99999/',
  'http://256.0.0.1/',
  'http://0x100000000/',
  'blob:http://127.0.0.1:PORT/x',
]

/** URLs that no guarded fetch may follow; `PORT` is where something inside listens. `names` are resolved by the test. */
export function hostileUrls(names: readonly string[]): readonly string[] {
  return [...[...hosts, ...names].map((host) => `http://${host}:PORT/`), ...wholeUrls]
}
