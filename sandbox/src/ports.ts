/** Port of the sample service Chatbot. */
export const CHATBOT_PORT = 10_200

/** Port of the sample service Advisor. */
export const ADVISOR_PORT = 10_300

/** Port of the market: its page, its simulator and its operations. */
export const MARKET_PORT = 9_000
